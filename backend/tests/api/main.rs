//! The API over real HTTP, on both stores. One binary.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod access;
mod architecture;
mod classes;
mod commands;
mod credit_bank;
mod crowd;
mod delivery;
mod docx;
mod durability;
mod enrolment;
mod exam_chain;
mod exam_world;
mod exports;
mod identity;
mod item_bank;
mod jobs;
mod learning;
mod marking;
mod media;
mod organisation;
mod people;
mod permissions;
mod platform;
mod real_questions;
mod rights;
mod roster;
mod secrecy;
mod sittings;
mod study;
mod support;
mod teaching;
mod tokens;
mod unknown_fields;
mod watch;
mod work;
