//! What stands around every page: who may see it, and the ways to the others.

mod frame;
mod learner;
mod offline;
pub(crate) mod places;
mod public;
mod read_aloud;
mod signed_in;
mod staff;
mod still_there;
mod unsent;

pub(crate) use frame::Frame;
pub(crate) use offline::{OfflineFrame, StudyFrame};
pub(crate) use public::PublicFrame;
pub(crate) use read_aloud::ReadAloud;
pub(crate) use signed_in::SignedIn;
