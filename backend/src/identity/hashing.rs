//! Password hashes, a few at once: each takes a core for a while and 19 MiB. So many wait, and no more.

use crate::platform::{
    crypto::{hash_password, password_matches},
    error::{AppError, AppResult},
};
use actix_web::web::block;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Password hashes computed at once.
const AT_ONCE: usize = 2;

/// Where passwords are hashed.
pub struct Hashing {
    turns: Semaphore,
    /// For those who have their turn and those who wait.
    places: Semaphore,
}

/// Somebody's place, which is free again when this is dropped.
pub(super) type Place<'a> = SemaphorePermit<'a>;

/// Somebody's turn; it ends when it is dropped.
pub(super) struct Turn<'a> {
    _turn: SemaphorePermit<'a>,
    _place: Place<'a>,
}

impl Hashing {
    /// Room for `waiting` passwords beside those that are hashed.
    #[must_use]
    pub fn new(waiting: usize) -> Self {
        Self { turns: Semaphore::new(AT_ONCE), places: Semaphore::new(AT_ONCE + waiting) }
    }

    /// A place to wait at.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if too many wait already.
    pub(super) fn place(&self) -> AppResult<Place<'_>> {
        let full = |_| AppError::Unavailable { reason: "too many passwords wait to be hashed".to_owned() };
        self.places.try_acquire().map_err(full)
    }

    /// Waits for a turn; whoever came first has it first.
    ///
    /// # Errors
    /// If the node stops.
    pub(super) async fn turn<'a>(&'a self, place: Place<'a>) -> AppResult<Turn<'a>> {
        let turn = self.turns.acquire().await.map_err(AppError::internal)?;
        Ok(Turn { _turn: turn, _place: place })
    }

    /// Hashes a password, when it is its turn.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if too many wait already.
    pub async fn hash(&self, password: String, salt: [u8; 16]) -> AppResult<String> {
        let _turn = self.turn(self.place()?).await?;
        count();
        block(move || hash_password(&password, &salt)).await.map_err(AppError::internal)?
    }

    /// Whether a password belongs to a hash, when it is its turn.
    ///
    /// # Errors
    /// As [`Self::hash`].
    pub(super) async fn matches(&self, password: String, hash: String) -> AppResult<bool> {
        compare(&self.turn(self.place()?).await?, password, hash).await
    }
}

/// Whether a password belongs to a hash. It takes somebody's turn.
///
/// # Errors
/// If the node stops.
pub(super) async fn compare(_: &Turn<'_>, password: String, hash: String) -> AppResult<bool> {
    count();
    block(move || password_matches(&password, &hash)).await.map_err(AppError::internal)
}

/// Tells how busy the hashing is, and tests that an unknown name costs what a known one does.
fn count() {
    metrics::counter!("passwords.hashed").increment(1);
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Hashing, Turn};
    use crate::platform::error::AppError;
    use futures::FutureExt;

    /// As many as are hashed at once.
    async fn running(hashing: &Hashing) -> Vec<Turn<'_>> {
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
}
