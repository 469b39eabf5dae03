//! A command under way: whether it is busy, and what became of it.

use super::{
    client::{ApiError, Outcome},
    timing::sleep,
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// One command of a page. While it is busy it is not begun again.
#[derive(Clone, Copy)]
pub struct Deed {
    is_busy: RwSignal<bool>,
    failure: RwSignal<Option<ApiError>>,
}

impl Default for Deed {
    fn default() -> Self {
        Self::new()
    }
}

impl Deed {
    /// Nothing is under way.
    pub fn new() -> Self {
        Self { is_busy: RwSignal::new(false), failure: RwSignal::new(None) }
    }

    /// Does `work`, then `done` if it succeeded.
    pub fn run<T: 'static>(self, work: impl Future<Output = Outcome<T>> + 'static, done: impl FnOnce(T) + 'static) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let outcome = work.await;
            // The page may be gone.
            if self.is_busy.is_disposed() {
                return;
            }
            match outcome {
                Ok(value) => done(value),
                Err(reason) => self.failure.set(Some(reason)),
            }
            // What `done` leaves is on its way out, and nothing of it may be woken any more.
            sleep(Duration::ZERO).await;
            self.is_busy.try_set(false);
        });
    }

    /// Whether it is under way.
    pub fn is_busy(self) -> Signal<bool> {
        self.is_busy.into()
    }

    /// Why it failed, if it did.
    pub fn failure(self) -> Option<ApiError> {
        self.failure.try_get().flatten()
    }

    /// Says no more why an earlier attempt failed.
    pub fn forget_failure(self) {
        self.failure.set(None);
    }

    /// What is wrong with the field at this JSON pointer; empty if nothing is.
    pub fn field(self, pointer: &'static str) -> Signal<String> {
        let failure = self.failure;
        Signal::derive(move || failure.with(|failure| failure.as_ref()?.field(pointer)).unwrap_or_default())
    }
}
