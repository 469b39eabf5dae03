//! Feature `learning`.
