// Files on their way to the sandbox.

const MOST = 10 * 1024 * 1024;

/** A file as the sandbox takes it; rejects one that Discord would not take. */
export function readFile(file) {
  if (file.size > MOST) return Promise.reject(new Error(`${file.name} is larger than 10 MB.`));
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve({ name: file.name, type: file.type || "application/octet-stream", data: reader.result.slice(reader.result.indexOf(",") + 1) }));
    reader.addEventListener("error", () => reject(new Error(`${file.name} cannot be read.`)));
    reader.readAsDataURL(file);
  });
}
