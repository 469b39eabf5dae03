//! What is told of a room to all who look at it, as server-sent events.

use crate::platform::error::{AppError, AppResult};
use actix_web::web::Bytes;
use futures::{Stream, stream::unfold};
use sha2::{Digest, Sha256};
use shared::delivery::WatchedRoom;
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, time::sleep};

/// A line that has nothing to say says so after this, so that nobody on the way takes it for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// A line ends after this, and whoever goes on shows again who they are.
const LIFE: Duration = Duration::from_secs(5 * 60);

/// What was told of a room last.
pub(super) struct Told {
    number: u64,
    /// The room.
    pub(super) view: WatchedRoom,
    /// Stands for all of it.
    pub(super) tag: String,
    /// What has changed since the one before, as an event.
    change: Option<Bytes>,
}

impl Told {
    pub(super) fn first(view: WatchedRoom) -> AppResult<Self> {
        let tag = tag(&view)?;
        Ok(Self { number: 1, view, tag, change: None })
    }

    /// What is told after `before`; `None` if nothing has changed.
    pub(super) fn after(before: Option<&Self>, view: WatchedRoom) -> AppResult<Option<Self>> {
        let Some(before) = before else { return Self::first(view).map(Some) };
        let Some(change) = view.since(&before.view) else { return Ok(None) };
        let change = Some(event("change", &serde_json::to_string(&change).map_err(AppError::internal)?));
        Ok(Some(Self { number: before.number + 1, tag: tag(&view)?, view, change }))
    }

    /// The event for who has had the one with number `sent`.
    fn event(&self, sent: Option<u64>) -> Bytes {
        match &self.change {
            Some(change) if sent == Some(self.number - 1) => change.clone(),
            _ => event("room", &serde_json::to_string(&self.view).unwrap_or_default()),
        }
    }
}

fn tag(view: &WatchedRoom) -> AppResult<String> {
    Ok(hex::encode(Sha256::digest(serde_json::to_vec(view).map_err(AppError::internal)?)))
}

/// One server-sent event; JSON holds no line break.
fn event(name: &str, json: &str) -> Bytes {
    Bytes::from(format!("event: {name}\ndata: {json}\n\n"))
}

pub(super) fn events(told: watch::Receiver<Option<Arc<Told>>>) -> impl Stream<Item = Result<Bytes, actix_web::Error>> {
    let life = Box::pin(sleep(LIFE));
    unfold((told, None::<u64>, life), |(mut told, sent, mut life)| async move {
        loop {
            let newest = (*told.borrow_and_update()).clone();
            if let Some(newest) = newest.filter(|newest| Some(newest.number) != sent) {
                return Some((Ok(newest.event(sent)), (told, Some(newest.number), life)));
            }
            tokio::select! {
                changed = told.changed() => if changed.is_err() { return None },
                () = &mut life => return None,
                () = sleep(KEEP_ALIVE) => return Some((Ok(Bytes::from_static(b": \n\n")), (told, sent, life))),
            }
        }
    })
}
