//! Sitting a test: the waiting room, the player, the receipt. It goes on without a network.

mod driver;
mod paper;
mod vault;
mod visit;
