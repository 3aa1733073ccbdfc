// The module's place.
