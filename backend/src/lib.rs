//! The server of Chengxi.
//!
//! `platform` ← `access` ← features ← `app`. A feature's `mod.rs` is its only door, and only its
//! `store` touches its tables.

pub mod access;
pub mod app;
pub mod cli;
pub mod demo;
pub mod platform;

pub mod identity;
