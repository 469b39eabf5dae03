//! Whose step it is, of a merge across places.

use super::{MergeState, MergeStep};

/// Whose step of a merge it is that a place asked for by a document which another place keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergePlace {
    /// Who keeps the one that stays, and asked.
    Survivor,
    /// Who keeps the one that ends.
    Merged,
    /// Either of them.
    Either,
}

impl MergeStep {
    /// Whose step it is, of a merge across places: who was asked answers first, then who asked; who asked takes it back,
    /// and each may undo what both have approved.
    #[must_use]
    pub const fn place(self, state: MergeState) -> MergePlace {
        match (self, state) {
            (Self::Withdraw, _) | (Self::Approve | Self::Refuse, MergeState::Approved) => MergePlace::Survivor,
            (Self::Approve | Self::Refuse, _) => MergePlace::Merged,
            (Self::Undo, _) => MergePlace::Either,
        }
    }
}
