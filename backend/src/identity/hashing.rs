//! Password hashes, a few at once: each takes a core for a while and 19 MiB. So many wait, and no more.

use crate::platform::{
    crypto::{hash_password, password_matches},
    error::{AppError, AppResult},
};
use actix_web::web::block;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Password hashes computed at once.
const AT_ONCE: usize = 2;

/// Where passwords are hashed.
pub struct Hashing {
    turns: Arc<Semaphore>,
    /// For those who have their turn and those who wait.
    places: Arc<Semaphore>,
}

/// Somebody's place, which is free again when this is dropped.
pub(super) type Place = OwnedSemaphorePermit;

/// Somebody's turn; it ends when it is dropped.
pub(super) struct Turn {
    _turn: OwnedSemaphorePermit,
    _place: Place,
}

impl Hashing {
    /// Room for `waiting` passwords beside those that are hashed.
    #[must_use]
    pub fn new(waiting: usize) -> Self {
        let room = |permits| Arc::new(Semaphore::new(permits));
        Self { turns: room(AT_ONCE), places: room(AT_ONCE + waiting) }
    }

    /// A place to wait at.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if too many wait already.
    pub(super) fn place(&self) -> AppResult<Place> {
        let full = |_| AppError::Unavailable { reason: "too many passwords wait to be hashed".to_owned() };
        self.places.clone().try_acquire_owned().map_err(full)
    }

    /// Waits for a turn; whoever came first has it first.
    ///
    /// # Errors
    /// If the node stops.
    pub(super) async fn turn(&self, place: Place) -> AppResult<Turn> {
        let turn = self.turns.clone().acquire_owned().await.map_err(AppError::internal)?;
        Ok(Turn { _turn: turn, _place: place })
    }

    /// Hashes a password, when it is its turn.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if too many wait already.
    pub async fn hash(&self, password: String, salt: [u8; 16]) -> AppResult<String> {
        let turn = self.turn(self.place()?).await?;
        within(turn, move || hash_password(&password, &salt)).await?.1
    }

    /// Whether a password belongs to a hash, when it is its turn.
    ///
    /// # Errors
    /// As [`Self::hash`].
    pub(super) async fn matches(&self, password: String, hash: String) -> AppResult<bool> {
        Ok(compare(self.turn(self.place()?).await?, password, hash).await?.1)
    }
}

/// Whether a password belongs to a hash. It takes somebody's turn, and gives it back.
///
/// # Errors
/// If the node stops.
pub(super) async fn compare(turn: Turn, password: String, hash: String) -> AppResult<(Turn, bool)> {
    within(turn, move || password_matches(&password, &hash)).await
}

/// Does some work in somebody's turn. It goes on when whoever asked is gone, and so does the turn: who breaks off makes
/// no room for the next.
async fn within<T: Send + 'static>(turn: Turn, work: impl FnOnce() -> T + Send + 'static) -> AppResult<(Turn, T)> {
    // Tells how busy the hashing is, and tests that an unknown name costs what a known one does.
    metrics::counter!("passwords.hashed").increment(1);
    let in_turn = move || {
        let done = work();
        (turn, done)
    };
    block(in_turn).await.map_err(AppError::internal)
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Hashing, Turn, within};
    use crate::platform::error::AppError;
    use futures::FutureExt;

    /// As many as are hashed at once.
    async fn running(hashing: &Hashing) -> Vec<Turn> {
        let mut turns = Vec::new();
        for _ in 0..AT_ONCE {
            turns.push(hashing.turn(hashing.place().unwrap()).await.unwrap());
        }
        turns
    }

    #[actix_web::test]
    async fn so_many_wait_and_the_next_is_refused_at_once() {
        let hashing = Hashing::new(1);
        let running = running(&hashing).await;
        let mut waiting = Box::pin(hashing.turn(hashing.place().unwrap()));
        assert!(waiting.as_mut().now_or_never().is_none(), "it waits");
        assert!(matches!(hashing.place(), Err(AppError::Unavailable { .. })));
        assert!(matches!(hashing.hash("password".to_owned(), [0; 16]).await, Err(AppError::Unavailable { .. })));
        drop(running);
        assert!(waiting.await.is_ok(), "its turn comes");
        assert!(hashing.place().is_ok(), "there is room again");
    }

    #[actix_web::test]
    async fn who_gave_up_waiting_leaves_their_place() {
        let hashing = Hashing::new(1);
        let running = running(&hashing).await;
        let mut waiting = Box::pin(hashing.turn(hashing.place().unwrap()));
        assert!(waiting.as_mut().now_or_never().is_none());
        drop(waiting);
        assert!(hashing.place().is_ok(), "the place is free for the next");
        drop(running);
    }

    #[actix_web::test]
    async fn who_breaks_off_keeps_their_turn_until_the_work_is_done() {
        let hashing = Hashing::new(AT_ONCE);
        let (finish, finished) = std::sync::mpsc::channel::<()>();
        let turn = hashing.turn(hashing.place().unwrap()).await.unwrap();
        let mut asked = Box::pin(within(turn, move || finished.recv().is_ok()));
        assert!(asked.as_mut().now_or_never().is_none(), "it is at work");
        drop(asked);
        assert_eq!(hashing.turns.available_permits(), AT_ONCE - 1);
        drop(finish);
        let all = running(&hashing).await;
        assert_eq!(all.len(), AT_ONCE, "its turn comes to an end");
    }
}
