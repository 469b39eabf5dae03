//! The live line of a room: told by the server as it happens; asked for every few seconds where that does not work.

use crate::platform::{
    actor::Actor,
    client::{self, ApiError},
    server_clock::ServerClock,
    timing::sleep,
};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    delivery::{RoomChange, RoomSeat, WatchedRoom},
    ids::SittingId,
    time::Timestamp,
};
use std::time::Duration;

const TICK: Duration = Duration::from_secs(1);
/// So often it is asked for where it is not told,
const POLL: Duration = Duration::from_secs(5);
/// and after so many questions it is tried again to be told.
const POLLS: u32 = 6;

/// How the page knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// As it happens.
    Told,
    /// By asking every few seconds.
    Asked,
    /// Not: the server is not reached.
    Away,
}

/// A room as it is known.
#[derive(Clone, Copy)]
pub(super) struct RoomLine {
    /// The room; absent until it is known.
    pub(super) room: RwSignal<Option<WatchedRoom>>,
    /// Why there is none.
    pub(super) failure: RwSignal<Option<ApiError>>,
    /// How the page knows.
    pub(super) how: RwSignal<How>,
    /// The server's clock.
    pub(super) now: RwSignal<Timestamp>,
}

impl RoomLine {
    /// Follows the room at `path` until the page is gone.
    pub(super) fn start(actor: Actor, path: String) -> Self {
        let line = Self {
            room: RwSignal::new(None),
            failure: RwSignal::new(None),
            how: RwSignal::new(How::Told),
            now: RwSignal::new(crate::platform::clock::now()),
        };
        spawn_local(line.follow(actor, path));
        spawn_local(line.tick());
        line
    }

    fn is_wanted(self) -> bool {
        !self.room.is_disposed()
    }

    async fn tick(self) {
        let clock = ServerClock::new();
        clock.measure().await;
        while self.now.try_set(clock.now()).is_none() {
            sleep(TICK).await;
        }
    }

    async fn follow(self, actor: Actor, path: String) {
        let live = format!("{path}/live");
        while self.is_wanted() {
            let ended = client::follow(actor, &live, || self.is_wanted(), |name, said| self.hear(name, said)).await;
            match ended {
                // A line ends now and then, so that it is looked again who follows it.
                Ok(()) => sleep(TICK).await,
                Err(failure @ ApiError::Problem(_)) => {
                    self.failure.try_set(Some(failure));
                    return;
                }
                Err(_) => self.ask(actor, &path).await,
            }
        }
    }

    /// Asks for the room some times, a few seconds apart.
    async fn ask(self, actor: Actor, path: &str) {
        let mut tag = String::new();
        for _ in 0..POLLS {
            match client::get_unless::<WatchedRoom>(actor, path, &tag).await {
                Ok(Some(found)) => {
                    tag = found.version;
                    self.room.try_set(Some(found.value));
                    self.how.try_set(How::Asked);
                }
                Ok(None) => _ = self.how.try_set(How::Asked),
                Err(_) => _ = self.how.try_set(How::Away),
            }
            if !self.is_wanted() {
                return;
            }
            sleep(POLL).await;
        }
    }

    /// Takes an event in.
    fn hear(self, name: &str, said: &str) {
        let was_read = match name {
            "room" => serde_json::from_str(said).ok().map(|room| self.room.try_set(Some(room))).is_some(),
            "change" => serde_json::from_str(said).ok().map(|change| self.change(change)).is_some(),
            _ => false,
        };
        if was_read {
            self.how.try_set(How::Told);
        }
    }

    fn change(self, change: RoomChange) {
        self.room.try_update(|room| {
            if let Some(room) = room {
                room.apply(change);
            }
        });
    }

    /// One seat, as it is known.
    pub(super) fn seat(self, id: SittingId) -> Option<RoomSeat> {
        self.room.with(|room| room.as_ref()?.seats.iter().find(|seat| seat.sitting_id == id).cloned())
    }
}
