// The one connection to the sandbox: requests with answers, and events as they happen.

const RETRY_FIRST = 400;
const RETRY_MOST = 5000;

export class Line extends EventTarget {
  #socket = null;
  #waiting = new Map();
  #count = 0;
  #pause = RETRY_FIRST;
  #closed = false;

  constructor(as) {
    super();
    this.as = as;
    this.#connect();
  }

  /** Asks the sandbox to do something; rejects with the sentence that it gives as a reason. */
  ask(what, fields = {}) {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return Promise.reject(new Error("The sandbox is not running; start it again, and this page comes back by itself."));
    }
    const id = (this.#count += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ ...fields, id, do: what }));
    });
  }

  close() {
    this.#closed = true;
    this.#socket?.close();
  }

  #connect() {
    const address = new URL("/page/socket", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    if (this.as) address.searchParams.set("as", this.as);
    const socket = (this.#socket = new WebSocket(address));
    socket.addEventListener("open", () => {
      this.#pause = RETRY_FIRST;
      this.dispatchEvent(new CustomEvent("line", { detail: true }));
    });
    socket.addEventListener("message", (event) => this.#take(JSON.parse(event.data)));
    socket.addEventListener("close", () => this.#lost(socket));
  }

  #take(message) {
    if (message.event !== "answer") {
      this.dispatchEvent(new CustomEvent("told", { detail: message }));
      return;
    }
    const waiting = this.#waiting.get(message.answers);
    this.#waiting.delete(message.answers);
    if ("error" in message) waiting?.reject(new Error(message.error));
    else waiting?.resolve(message.result);
  }

  #lost(socket) {
    if (socket !== this.#socket) return;
    for (const { reject } of this.#waiting.values()) reject(new Error("The sandbox stopped before it answered."));
    this.#waiting.clear();
    if (this.#closed) return;
    this.dispatchEvent(new CustomEvent("line", { detail: false }));
    setTimeout(() => this.#connect(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, RETRY_MOST);
  }
}
