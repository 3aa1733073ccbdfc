// The suite's place.
