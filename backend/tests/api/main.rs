//! The API over real HTTP, on both stores. One binary.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod architecture;
mod identity;
mod permissions;
mod platform;
mod support;
