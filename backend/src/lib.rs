//! The server of Chengxi.
//!
//! `platform` ← `access` ← features ← `app`. A feature's `mod.rs` is its only door, and only its
//! `store` touches its tables.

pub mod access;
pub mod app;
pub mod cli;
pub mod demo;
pub mod platform;

pub mod credit_bank;
pub mod delivery;
pub mod enrolment;
pub mod exports;
pub mod identity;
pub mod item_bank;
pub mod learning;
pub mod marking;
pub mod media;
pub mod messages;
pub mod organisation;
pub mod papers;
pub mod people;
pub mod results;
pub mod roster;
pub mod sittings;
pub mod teaching;
