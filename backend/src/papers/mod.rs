//! Feature `papers`.
