//! Feature `results`.
