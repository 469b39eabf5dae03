//! What happens by itself: time passes, the network comes and goes, the server has news.

use super::{Driver, carry::REPLY};
use crate::platform::{
    client::{self, ApiError},
    clock,
    timing::{sleep, within},
};
use leptos::{ev, prelude::*, task::spawn_local};
use shared::{
    delivery::{Event, PlayerState, SittingView},
    time::Timestamp,
};
use std::{
    rc::{Rc, Weak},
    time::Duration,
};

const TICK: Duration = Duration::from_secs(1);

impl Driver {
    /// Watches until the page is gone.
    pub(super) fn watch(self: Rc<Self>) {
        spawn_local(self.clone().count_down());
        spawn_local(self.clone().ask_for_news());
        spawn_local(self.clone().beat());
        let (lost, restored, hidden) = (Rc::downgrade(&self), Rc::downgrade(&self), Rc::downgrade(&self));
        let (left, came) = (Rc::downgrade(&self), Rc::downgrade(&self));
        let handles = [
            window_event_listener(ev::offline, move |_| told(&lost, |driver| driver.tell(Event::NetworkLost))),
            window_event_listener(ev::online, move |_| told(&restored, |driver| driver.tell(Event::NetworkRestored))),
            window_event_listener(ev::visibilitychange, move |_| {
                told(&hidden, |driver| {
                    driver.note_focus(!document().hidden());
                    driver.finish_draft();
                });
            }),
            window_event_listener(ev::blur, move |_| told(&left, |driver| driver.note_focus(false))),
            window_event_listener(ev::focus, move |_| told(&came, |driver| driver.note_focus(true))),
        ];
        spawn_local(async move {
            while !self.is_gone.get() {
                sleep(TICK).await;
            }
            handles.into_iter().for_each(|handle| handle.remove());
        });
    }

    async fn count_down(self: Rc<Self>) {
        while !self.is_gone.get() {
            // Time is not told up by a clock that somebody has set, as long as the server can be asked.
            if self.clock.compare() {
                self.clock.measure().await;
            }
            self.tick(self.clock.now());
            sleep(TICK).await;
        }
    }

    /// Looks whether the device slept, or somebody set its clock, before anything is stamped by it.
    pub(super) fn notice_sleep(&self) {
        if self.clock.compare() {
            let clock = self.clock.clone();
            spawn_local(async move { _ = clock.measure().await });
        }
    }

    fn tick(self: &Rc<Self>, now: Timestamp) {
        self.now.set(now);
        let is_up = self.player.with_untracked(|player| player.is_time_up(now));
        let stands_still = self.halt.with_untracked(|halt| halt.paused_at.is_some());
        if !stands_still {
            self.leave_closed_part();
        }
        if is_up && !stands_still {
            self.finish_draft();
            self.tell(Event::TimeUp);
        }
    }

    async fn ask_for_news(self: Rc<Self>) {
        let mut waited = Duration::ZERO;
        while !self.is_gone.get() {
            sleep(TICK).await;
            waited += TICK;
            let Some(wait_s) = self.player.with_untracked(PlayerState::asks_after_s) else { return };
            if waited >= Duration::from_secs(wait_s) {
                waited = Duration::ZERO;
                self.hear().await;
            }
        }
    }

    /// Asks the server how the sitting stands, and tells the player. Whether it was heard.
    pub(super) async fn hear(self: &Rc<Self>) -> bool {
        if self.is_provisional() {
            self.claim().await;
            self.tell(Event::NotHeard);
            return false;
        }
        let (path, asked_at) = (format!("/sittings/{}", self.id), clock::monotonic_ms());
        let reply = within(REPLY, client::get::<SittingView>(self.actor, &path)).await;
        match self.noted(reply) {
            Ok(view) => {
                self.clock.learn(asked_at, view.server_time);
                self.heed(&view);
                self.tell(Event::Heard(view.into()));
                true
            }
            Err(failure) => {
                if failure == ApiError::Network {
                    self.tell(Event::NetworkLost);
                }
                self.tell(Event::NotHeard);
                false
            }
        }
    }
}

fn told(driver: &Weak<Driver>, tell: impl FnOnce(&Rc<Driver>)) {
    if let Some(driver) = driver.upgrade() {
        tell(&driver);
    }
}
