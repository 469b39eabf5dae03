//! Parts of the paper that close before its end: what is left of them, and the way on when one does.

use super::Driver;
use leptos::prelude::*;
use shared::{delivery::Phase, ids::ItemId};
use std::rc::Rc;

impl Driver {
    /// Whether the part that an item stands in is closed; whoever looks is told of changes.
    pub(in crate::pages::delivery) fn is_closed(&self, item_id: ItemId) -> bool {
        let closes_at = self.player.with(|player| player.part_closes_at(item_id));
        closes_at.is_some_and(|closes_at| closes_at <= self.shown_now())
    }

    /// What is left of the part that the item at a place stands in, in whole seconds; absent if it stays open until the end.
    pub(in crate::pages::delivery) fn part_left_s(&self, place: usize) -> Option<i64> {
        let item = self.items.get(place)?;
        let closes_at = self.player.with(|player| player.part_closes_at(item.id))?;
        Some(self.left_until_s(closes_at))
    }

    /// The number of the last part that is closed; 0 if none is. Whoever looks is told of changes.
    pub(in crate::pages::delivery) fn closed_parts(&self) -> usize {
        let closed = self.items.iter().filter(|item| self.is_closed(item.id));
        closed.filter_map(|item| item.section.as_ref().map(|(number, _)| *number)).max().unwrap_or_default()
    }

    /// [`Self::is_closed`] for what happens at this moment.
    pub(super) fn is_closed_now(&self, item_id: ItemId) -> bool {
        let now = self.halt.with_untracked(|halt| halt.paused_at).unwrap_or_else(|| self.clock.now());
        let closes_at = self.player.with_untracked(|player| player.part_closes_at(item_id));
        closes_at.is_some_and(|closes_at| closes_at <= now)
    }

    /// Whether there is an item at a place whose part is open.
    pub(super) fn is_open_place(&self, place: usize) -> bool {
        self.items.get(place).is_some_and(|item| !self.is_closed_now(item.id))
    }

    /// Who stands in a part that has closed goes on to the first item that is open. What was being written still counts.
    pub(super) fn leave_closed_part(self: &Rc<Self>) {
        let (current, is_working) =
            self.player.with_untracked(|player| (player.current(), *player.phase() == Phase::Working));
        if !is_working || self.is_open_place(current) {
            return;
        }
        self.finish_draft();
        if let Some(next) = (current..self.items.len()).find(|place| self.is_open_place(*place)) {
            self.go_to(next);
        }
    }
}
