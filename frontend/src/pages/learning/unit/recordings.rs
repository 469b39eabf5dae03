//! Video and sound of a lesson: what playing them weighs, how fast they play, and where the learner left them.

use crate::{
    i18n::{t_string, use_i18n},
    platform::{actor::Actor, keep, kept_recordings, players::players_in},
    ui::Choices,
};
use leptos::{html, prelude::*, task::spawn_local};
use shared::{
    ids::AccountId,
    media::{
        keeping::weight_of,
        recording::{RecordingName, data_size, recording_at},
    },
};
use std::collections::BTreeSet;
use wasm_bindgen::JsCast;
use web_sys::HtmlMediaElement;

/// Where the speed is kept.
const KEPT: &str = "playing_speed";
/// The speeds that are offered, with their names; time counts as it passes, so nothing is faster than half as much again.
const SPEEDS: [(&str, f64); 4] = [("0.75", 0.75), ("1", 1.0), ("1.25", 1.25), ("1.5", FASTEST)];
/// The fastest.
const FASTEST: f64 = 1.5;
/// Seconds after which the place is kept anew.
const KEEP_EACH_S: f64 = 5.0;
/// Who stopped so many seconds before the end begins anew.
const END_S: f64 = 3.0;

/// The players of one lesson.
#[derive(Clone, Copy)]
pub(super) struct Recordings {
    article: NodeRef<html::Article>,
    /// Whose places are kept.
    account: Option<AccountId>,
    /// The name of the speed in force.
    speed: RwSignal<String>,
    /// The second that was kept last.
    kept_s: StoredValue<f64>,
    /// What the phone keeps of them, as far as it was asked.
    here: RwSignal<BTreeSet<RecordingName>>,
}

impl Recordings {
    /// The players in an article that somebody reads, at the speed that was chosen on this device.
    pub(super) fn within(article: NodeRef<html::Article>, actor: Actor) -> Self {
        let speed = keep::get(KEPT).filter(|kept| SPEEDS.iter().any(|(name, _)| kept == name));
        let speed = RwSignal::new(speed.unwrap_or_else(|| SPEEDS[1].0.to_owned()));
        let (kept_s, here) = (StoredValue::new(0.0), RwSignal::new(BTreeSet::new()));
        Self { article, account: actor.kept_account(), speed, kept_s, here }
    }

    /// Without a network only those players are shown whose recordings the phone keeps.
    pub(super) fn show_kept(self) {
        spawn_local(async move {
            self.here.try_set(kept_recordings::list().await);
        });
        Effect::new(move |_| {
            let Some(article) = self.article.get() else { return };
            self.here.with(|here| {
                let is_here = |player: &HtmlMediaElement| name_of(player).is_some_and(|name| here.contains(&name));
                for player in players_in(&article).iter().filter(|player| is_here(player)) {
                    drop(player.set_attribute("data-kept", ""));
                }
            });
        });
    }

    /// Something begins to play: at the speed in force, and alone.
    pub(super) fn play(self, event: &web_sys::Event) {
        let Some(player) = player_of(event) else { return };
        self.set_speed(&player);
        for other in self.players() {
            if other != player && !other.paused() {
                drop(other.pause());
            }
        }
    }

    /// A player knows how long its recording is: it goes on where the learner left it.
    pub(super) fn begin(self, event: &web_sys::Event) {
        let Some(player) = player_of(event) else { return };
        let Some(place) = self.place_of(&player) else { return };
        self.set_speed(&player);
        let left_at = keep::get(&place).and_then(|kept| kept.parse::<f64>().ok());
        if let Some(left_at) = left_at.filter(|left_at| left_at + END_S < player.duration()) {
            player.set_current_time(left_at);
        }
    }

    /// Time passes; the place is kept from time to time.
    pub(super) fn go_on(self, event: &web_sys::Event) {
        let Some(player) = player_of(event) else { return };
        let is_due = |kept_s: f64| (player.current_time() - kept_s).abs() >= KEEP_EACH_S;
        if self.kept_s.try_get_value().is_some_and(is_due) {
            self.keep(&player);
        }
    }

    /// A player stands still, at its end or before.
    pub(super) fn stop(self, event: &web_sys::Event) {
        if let Some(player) = player_of(event) {
            self.keep(&player);
        }
    }

    /// The speed was changed in the player itself.
    pub(super) fn hold_speed(self, event: &web_sys::Event) {
        if let Some(player) = player_of(event).filter(|player| player.playback_rate() > FASTEST) {
            player.set_playback_rate(FASTEST);
        }
    }

    fn keep(self, player: &HtmlMediaElement) {
        let Some(place) = self.place_of(player) else { return };
        let at = player.current_time();
        // A player that goes with its page stops last of all.
        _ = self.kept_s.try_set_value(at);
        keep::set(&place, (!player.ended() && at > 0.0).then(|| format!("{at:.1}")).as_deref());
    }

    fn choose(self, name: String) {
        keep::set(KEPT, Some(name.as_str()));
        self.speed.set(name);
        for player in self.players() {
            self.set_speed(&player);
        }
    }

    fn set_speed(self, player: &HtmlMediaElement) {
        let chosen = self.speed.try_get_untracked().unwrap_or_default();
        let rate = SPEEDS.iter().find(|(name, _)| chosen == *name).map_or(1.0, |(_, rate)| *rate);
        // What is loaded anew begins at its default.
        player.set_default_playback_rate(rate);
        player.set_playback_rate(rate);
    }

    /// Where the place in a recording is kept: each person who learns on this device has their own.
    fn place_of(self, player: &HtmlMediaElement) -> Option<String> {
        Some(format!("played_to:{}:{}", self.account?, name_of(player)?.sha256))
    }

    fn players(self) -> Vec<HtmlMediaElement> {
        self.article.try_get_untracked().flatten().map(|article| players_in(&article)).unwrap_or_default()
    }
}

/// What a player plays.
fn name_of(player: &HtmlMediaElement) -> Option<RecordingName> {
    recording_at(&player.get_attribute("src")?).map(|shown| shown.name)
}

fn player_of(event: &web_sys::Event) -> Option<HtmlMediaElement> {
    event.target()?.dyn_into().ok()
}

/// Says what playing weighs, and lets the learner choose the speed; nothing where nothing plays.
#[component]
pub(super) fn PlayingChoices(
    /// The players.
    recordings: Recordings,
    /// What they play.
    names: Vec<RecordingName>,
    /// Whether there is no network.
    is_from_phone: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let (count, size) = (names.len(), data_size(names.iter().map(|name| name.bytes).sum()));
    if count == 0 {
        return ().into_any();
    }
    let names = StoredValue::new(names);
    let missing = Memo::new(move |_| {
        let missing = |here: &BTreeSet<RecordingName>| {
            names.with_value(|names| names.iter().filter(|name| !here.contains(*name)).cloned().collect::<Vec<_>>())
        };
        if is_from_phone { recordings.here.with(missing) } else { Vec::new() }
    });
    let words = move || match missing.with(|missing| (missing.len(), weight_of(missing))) {
        _ if !is_from_phone => t_string!(i18n, learning.recordings_weigh, count = count, size = size.clone()),
        (0, _) => t_string!(i18n, learning.recordings_here, count = count),
        (count, bytes) => t_string!(i18n, learning.recordings_not_here, count = count, size = data_size(bytes)),
    };
    let speed = recordings.speed;
    let has_some = move || missing.with(Vec::len) < count;
    view! {
        <p class="muted small">{words}</p>
        <Show when=has_some>
            <div class="text-size">
                <Choices
                    legend=Signal::derive(move || t_string!(i18n, learning.playing_speed).to_owned())
                    value=speed
                    options=Signal::derive(|| SPEEDS.map(|(name, _)| (name.to_owned(), format!("{name}×"))).to_vec())
                    on_choose=move |name| recordings.choose(name)
                />
            </div>
        </Show>
    }
    .into_any()
}
