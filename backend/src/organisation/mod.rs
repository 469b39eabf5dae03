//! Feature `organisation`.
