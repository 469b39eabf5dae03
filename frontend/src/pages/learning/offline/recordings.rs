//! Video and sound of a module on the phone: taken along as far as their learner agreed, with what they weigh and what
//! room there is in sight, and removed again.

use super::{keeping::Keeping, vault::KeptModule};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        keep,
        kept_recordings::{self, KeepFault},
        persistence,
    },
    ui::{Button, Choices, Icon, Look, Notice, ProgressBar, Symbol, Toasts, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use shared::media::{
    keeping::{KEEPING_LIMITS, TakeAlong, has_room, keeping_limit, take_along, weight_of},
    recording::{RecordingName, data_size},
};
use std::collections::BTreeSet;

/// Where the limit is kept that the learner agreed to.
const KEPT_LIMIT: &str = "recording_limit";

impl Keeping {
    /// Fetches recordings one after the other; what came stays when another one does not come.
    async fn fetch_recordings(self, wanted: Vec<RecordingName>, percent: RwSignal<u8>) -> Result<(), KeepFault> {
        let all = weight_of(&wanted);
        if !has_room(kept_recordings::room().await, all) {
            return Err(KeepFault::NoRoom);
        }
        let mut there = 0_u64;
        for name in wanted {
            kept_recordings::keep(&name).await?;
            there = there.saturating_add(name.bytes);
            percent.try_set(u8::try_from(there.saturating_mul(100) / all.max(1)).unwrap_or(100).min(100));
        }
        _ = persistence::ask().await;
        Ok(())
    }

    /// Forgets recordings, and shows what is left.
    async fn forget_recordings(self, names: Vec<RecordingName>) {
        kept_recordings::forget(&names).await;
        self.show_recordings().await;
    }
}

/// What the phone keeps of the recordings of a module, and the way to change that. Nothing where nothing plays.
#[component]
pub(in crate::pages::learning) fn RecordingKeeping(
    keeping: Keeping,
    module: KeptModule,
    /// Whether there is a network to fetch them.
    is_reachable: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let all: BTreeSet<RecordingName> = module.recordings().collect();
    if all.is_empty() {
        return ().into_any();
    }
    let (count, size) = (all.len(), data_size(weight_of(&all)));
    let all = StoredValue::new(all);
    let limit = RwSignal::new(keep::get(KEPT_LIMIT).map_or(KEEPING_LIMITS[0], |kept| keeping_limit(&kept)));
    let here = Memo::new(move |_| -> BTreeSet<RecordingName> {
        keeping.recordings.with(|kept| all.with_value(|all| all.intersection(kept).cloned().collect()))
    });
    let offer = Memo::new(move |_| all.with_value(|all| here.with(|here| take_along(all, here, limit.get()))));
    let title = StoredValue::new(module.title);
    let choose = move |name: String| {
        keep::set(KEPT_LIMIT, Some(name.as_str()));
        limit.set(keeping_limit(&name));
    };
    let has_some = move || here.with(|here| !here.is_empty());
    let is_more = move || is_reachable && here.with(BTreeSet::len) < count;
    let stands = move || {
        t_string!(i18n, learning.media_stands, count = count, size = size.clone(), here = here.with(BTreeSet::len))
    };
    view! {
        <div class="stack">
            <div class="row">
                <p class="small num">{stands}</p>
                <Show when=has_some>
                    <RemoveRecordings keeping here title />
                </Show>
            </div>
            <Show when=is_more>
                <Choices
                    legend=words(|locale| td_string!(locale, learning.media_limit))
                    value=Signal::derive(move || limit.get().to_string())
                    options=Signal::derive(|| KEEPING_LIMITS.map(|most| (most.to_string(), data_size(most))).to_vec())
                    on_choose=choose
                />
                <FetchRecordings keeping offer title />
            </Show>
        </div>
    }
    .into_any()
}

/// The button that says what it will weigh, beside what room there is, and how far it is.
#[component]
fn FetchRecordings(keeping: Keeping, offer: Memo<TakeAlong>, title: StoredValue<String>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = expect_context::<Toasts>();
    let (is_busy, percent) = (RwSignal::new(false), RwSignal::new(0_u8));
    let fault = RwSignal::new(None::<KeepFault>);
    let count = Memo::new(move |_| offer.with(|offer| offer.fetched.len()));
    let has_any = move || count.get() > 0;
    let fetch = move |()| {
        is_busy.set(true);
        percent.set(0);
        fault.set(None);
        let done = t_string!(i18n, learning.media_got).to_owned();
        spawn_local(async move {
            let wanted = offer.try_get_untracked().map(|offer| offer.fetched).unwrap_or_default();
            match keeping.fetch_recordings(wanted, percent).await {
                Ok(()) => toasts.done(done),
                Err(why) => _ = fault.try_set(Some(why)),
            }
            // It has to end before what it stands on is drawn anew.
            is_busy.try_set(false);
            keeping.show_recordings().await;
        });
    };
    let verb = move || {
        let size = offer.with(|offer| data_size(weight_of(&offer.fetched)));
        t_string!(i18n, learning.media_fetch, count = count.get(), size = size)
    };
    let too_large = move || match offer.with(|offer| offer.too_large) {
        0 => String::new(),
        count => t_string!(i18n, learning.media_too_large, count = count),
    };
    let room = move || keeping.room.get().map(|room| t_string!(i18n, learning.media_room, size = data_size(room)));
    let label = Signal::derive(move || t_string!(i18n, learning.offline_getting, title = title.get_value()));
    view! {
        <p class="muted small num">{too_large} " " {room}</p>
        <Show when=has_any>
            <Button is_busy on_press=fetch>
                <Icon symbol=Symbol::Download />
                <span class="num">{verb}</span>
                <span class="visually-hidden">" " {title.get_value()}</span>
            </Button>
        </Show>
        <Show when=move || is_busy.get()>
            <ProgressBar percent label />
        </Show>
        <div aria-live="polite">
            {move || fault.get().map(|fault| {
                let why = match fault {
                    KeepFault::Network => t!(i18n, learning.media_broke_off).into_any(),
                    KeepFault::NoRoom => t!(i18n, learning.media_no_room).into_any(),
                };
                view! { <Notice tone=Tone::Stop>{why}</Notice> }
            })}
        </div>
    }
}

/// Takes the recordings of a module off the phone; texts and exercises stay.
#[component]
fn RemoveRecordings(
    keeping: Keeping,
    here: Memo<BTreeSet<RecordingName>>,
    title: StoredValue<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = expect_context::<Toasts>();
    let remove = move |()| {
        let names: Vec<RecordingName> = here.get_untracked().into_iter().collect();
        let done = t_string!(i18n, learning.media_removed).to_owned();
        spawn_local(async move {
            keeping.forget_recordings(names).await;
            toasts.done(done);
        });
    };
    view! {
        <Button look=Look::Quiet on_press=remove>
            {t!(i18n, learning.media_remove)}
            <span class="visually-hidden">" " {title.get_value()}</span>
        </Button>
    }
}
