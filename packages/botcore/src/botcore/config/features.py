"""Reads one feature's table with the feature's own model."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from botcore.config.keys import fields_of, read_lists, submodel
from botcore.config.mistakes import unknown_key, wrong_value
from botcore.errors import FeatureError


def read_feature_config[Model: BaseModel](
    model: type[Model], section: Mapping[str, Any], feature: str, origins: Mapping[str, str] | None = None
) -> Model:
    """The settings of one feature.

    Args:
        model: the feature's model.
        section: its raw table, from `Config.feature_section`.
        feature: its name.
        origins: where each value came from, from `LoadedConfig`; makes the sentence more useful.

    Raises:
        FeatureError: a key does not exist, a required one is missing, or a value is of the wrong kind.
    """
    origins = origins or {}
    prefix = f"features.{feature}."
    _refuse_unknown(model, section, feature, prefix, origins)
    try:
        return model.model_validate(read_lists(model, section))
    except ValidationError as error:
        raise FeatureError(feature, wrong_value(error, model, origins, prefix)) from None


def _refuse_unknown(
    model: type[BaseModel], table: Mapping[str, Any], feature: str, prefix: str, origins: Mapping[str, str]
) -> None:
    fields = fields_of(model)
    for name, value in table.items():
        key = f"{prefix}{name}"
        if name not in fields:
            if model.model_config.get("extra") == "allow":
                continue
            origin = origins.get(key) or next((o for k, o in origins.items() if k.startswith(f"{key}.")), None)
            raise FeatureError(feature, unknown_key(key, origin, {f"{prefix}{each}" for each in fields}))
        below = submodel(fields[name])
        if below is not None and isinstance(value, Mapping):
            _refuse_unknown(below, value, feature, f"{key}.", origins)
