"""The widgets all screens are built from; none of them knows a use case."""
