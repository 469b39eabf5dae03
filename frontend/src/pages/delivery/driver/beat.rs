//! Tells the server every few seconds how this device is, and hears at once when there is news: time that is given back,
//! a pause, an announcement, the end.

use super::Driver;
use crate::platform::{
    client, clock, device,
    timing::{sleep, within},
};
use leptos::prelude::*;
use shared::{
    delivery::{Phase, RoomAnnouncement, SittingHeartbeat, SittingNews, SittingView},
    time::Timestamp,
};
use std::{cell::Cell, rc::Rc, time::Duration};

/// For so many seconds the server may wait for news before it replies.
const WAIT_S: u8 = 10;
/// A reply that takes longer than that is no reply.
const HELD: Duration = Duration::from_secs(20);
/// Between one question and the next,
const BETWEEN: Duration = Duration::from_millis(500);
/// and where there was no reply.
const AGAIN: Duration = Duration::from_secs(5);

/// What those who watch the room have done.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::pages::delivery) struct Halt {
    /// What the server's clock showed when it said that working time stands still, if it does.
    pub(in crate::pages::delivery) paused_at: Option<Timestamp>,
    /// Whether the candidate goes on on paper.
    pub(in crate::pages::delivery) is_on_paper: bool,
    /// What was announced, the last first.
    pub(in crate::pages::delivery) announcements: Vec<RoomAnnouncement>,
}

impl Halt {
    /// What a view of the sitting says of it.
    pub(super) fn of(view: &SittingView) -> Self {
        Self {
            paused_at: view.paused_at.map(|_| view.server_time),
            is_on_paper: view.is_on_paper,
            announcements: view.announcements.clone(),
        }
    }

    /// Whether nothing is answered now.
    pub(in crate::pages::delivery) fn is_halted(&self) -> bool {
        self.paused_at.is_some() || self.is_on_paper
    }
}

/// How often, and for how long, the candidate left the page.
#[derive(Default)]
pub(super) struct Focus {
    losses: Cell<u32>,
    lost_ms: Cell<u64>,
    /// The monotonic clock when the page was left, if it was.
    away_since: Cell<Option<u64>>,
}

impl Focus {
    /// The page was left; leaving it by two ways at once is leaving it once.
    pub(super) fn lose(&self) {
        if self.away_since.get().is_none() {
            self.away_since.set(Some(clock::monotonic_ms()));
            self.losses.set(self.losses.get().saturating_add(1));
        }
    }

    /// The candidate is back.
    pub(super) fn regain(&self) {
        if let Some(since) = self.away_since.take() {
            self.lost_ms.set(self.lost_ms.get() + clock::monotonic_ms().saturating_sub(since));
        }
    }

    /// Seconds in all, up to now.
    fn lost_s(&self) -> u32 {
        let now = self.away_since.get().map_or(0, |since| clock::monotonic_ms().saturating_sub(since));
        u32::try_from((self.lost_ms.get() + now) / 1_000).unwrap_or(u32::MAX)
    }
}

impl Driver {
    /// Tells and listens until the page is gone or the sitting is over.
    pub(super) async fn beat(self: Rc<Self>) {
        if self.is_provisional() {
            return;
        }
        let (visit, path) = (device::visit(), format!("/sittings/{}/heartbeat", self.id));
        let mut heard = 0;
        while !self.is_gone.get() && !self.is_over() {
            let told = self.heartbeat(visit, heard);
            match within(HELD, client::post::<_, SittingNews>(self.actor, &path, &told)).await {
                Some(Ok(SittingNews { news, .. })) => {
                    let is_known = news == heard || self.hear().await;
                    if is_known {
                        heard = news;
                    }
                    sleep(if is_known { BETWEEN } else { AGAIN }).await;
                }
                // Whether the network is away, answers and questions find out.
                _ => sleep(AGAIN).await,
            }
        }
    }

    fn heartbeat(&self, visit: uuid::Uuid, heard: u64) -> SittingHeartbeat {
        SittingHeartbeat {
            visit,
            is_ready: true,
            unsent: u32::try_from(self.player.with_untracked(|player| player.unsent())).unwrap_or(u32::MAX),
            focus_losses: self.focus.losses.get(),
            focus_lost_s: self.focus.lost_s(),
            heard,
            wait_s: WAIT_S,
        }
    }

    /// Whether nothing of this device is of interest any more: the sitting is over, or goes on at another one.
    fn is_over(&self) -> bool {
        let is_over = |phase: &Phase| matches!(phase, Phase::Closed { receipt: Some(_) } | Phase::TakenOver { .. });
        self.player.with_untracked(|player| is_over(player.phase()))
    }

    /// The candidate leaves the page, or comes back to it.
    pub(super) fn note_focus(&self, is_here: bool) {
        let is_working = self.player.with_untracked(|player| *player.phase() == Phase::Working);
        match is_here {
            true => {
                self.focus.regain();
                self.left_page.set(self.focus.losses.get());
            }
            false if is_working => self.focus.lose(),
            false => {}
        }
    }

    /// How often the candidate had left the page when they came back last; whoever looks is told of changes.
    pub(in crate::pages::delivery) fn left_page(&self) -> u32 {
        self.left_page.get()
    }

    /// What those who watch the room have done; whoever looks is told of changes.
    pub(in crate::pages::delivery) fn halt<T>(&self, look: impl FnOnce(&Halt) -> T) -> T {
        self.halt.with(look)
    }

    /// Takes in what those who watch the room have done.
    pub(super) fn heed(&self, view: &SittingView) {
        let halt = Halt::of(view);
        if self.halt.with_untracked(|known| *known != halt) {
            self.halt.set(halt);
        }
    }
}
