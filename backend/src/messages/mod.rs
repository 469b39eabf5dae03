//! Text messages to persons: written with the fact that they tell of, handed over by a job, tried again, and
//! forgotten after a while. A person is known here by their id alone.

mod entity;
mod fields;
mod jobs;
mod queue;
mod store;
mod views;

pub use fields::{keys_of_messages, renew_messages};
pub use jobs::{SendMessage, TEXT_QUEUED};
pub use queue::{NewMessage, is_offered, queue, queue_all, take_back};
pub use views::{counts, of_person, own_of_person, view};
