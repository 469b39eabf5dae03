//! The API over real HTTP, on both stores. One binary.

mod architecture;
mod identity;
mod permissions;
mod platform;
mod support;
