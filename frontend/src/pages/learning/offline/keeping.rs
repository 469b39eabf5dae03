//! Modules on the phone: downloaded with their size in sight, and removed again.

use super::{
    megabytes, open_assignments,
    recordings::RecordingKeeping,
    vault::{KeptModule, Vault},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, ApiError},
        kept_modules, kept_recordings, offline_app, persistence,
        store::StoreError,
    },
    ui::{Button, FailureNotice, Icon, Look, Notice, ProgressBar, Symbol, Tag, Toasts, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    ids::{CourseId, UnitId},
    learning::{CourseNotes, ModulePackage, MyCourseMap, UnitView},
    media::{keeping::left_over, recording::RecordingName},
};
use std::collections::BTreeSet;

/// What this phone keeps of courses. A page has one.
#[derive(Clone, Copy)]
pub(in crate::pages::learning) struct Keeping {
    actor: Actor,
    /// The modules; absent until the phone's store was read.
    pub(in crate::pages::learning) modules: RwSignal<Option<Vec<KeptModule>>>,
    /// Whether the browser threw some away.
    pub(in crate::pages::learning) has_vanished: RwSignal<bool>,
    /// The video and sound that the phone keeps.
    pub(super) recordings: RwSignal<BTreeSet<RecordingName>>,
    /// How many bytes more the browser keeps, if it says so.
    pub(super) room: RwSignal<Option<u64>>,
}

impl Keeping {
    /// Reads what there is.
    pub(in crate::pages::learning) fn begin(actor: Actor) -> Self {
        let keeping = Self {
            actor,
            modules: RwSignal::new(None),
            has_vanished: RwSignal::new(false),
            recordings: RwSignal::new(BTreeSet::new()),
            room: RwSignal::new(None),
        };
        spawn_local(keeping.show());
        keeping
    }

    async fn show(self) {
        let modules = async { Vault::open(self.actor).await?.modules().await }.await.unwrap_or_default();
        let given = self.actor.kept_account().map_or(0, kept_modules::count);
        self.has_vanished.try_set(modules.len() < given);
        self.modules.try_set(Some(modules));
        self.show_recordings().await;
    }

    /// Reads what there is of video and sound, and how much room is left.
    pub(super) async fn show_recordings(self) {
        self.recordings.try_set(kept_recordings::list().await);
        self.room.try_set(kept_recordings::room().await);
    }

    /// Forgets the video and sound that modules needed `before` and that none needs any more.
    async fn sweep(self, vault: &Vault, before: &BTreeSet<RecordingName>) -> Result<(), StoreError> {
        let now = recordings_in(&vault.modules().await?);
        kept_recordings::forget(&left_over(before, &now)).await;
        Ok(())
    }

    async fn download(self, offer: Offer, percent: RwSignal<u8>) -> Result<Given, Trouble> {
        let follow = move |there: usize| {
            let all = usize::try_from(offer.bytes).unwrap_or(usize::MAX).max(1);
            percent.try_set(u8::try_from(there.saturating_mul(100) / all).unwrap_or(100).min(100));
        };
        let Offer { course_id, index, .. } = offer;
        let path = format!("/me/courses/{course_id}/modules/{index}");
        let package: ModulePackage = client::get_followed(self.actor, &path, follow).await?;
        let vault = Vault::open(self.actor).await?;
        let has_work = |unit: &&UnitView| !unit.activities.is_empty();
        let with_work: Vec<UnitId> = package.units.iter().filter(has_work).map(|unit| unit.progress.id).collect();
        let units: Vec<UnitId> = package.units.iter().map(|unit| unit.progress.id).collect();
        let before = recordings_in(&vault.modules().await?);
        vault.keep_module(package).await?;
        self.sweep(&vault, &before).await?;
        self.show().await;
        // Without the map the way to the units is the list of what was downloaded.
        if let Ok(map) = client::get::<MyCourseMap>(self.actor, &format!("/me/courses/{course_id}")).await {
            vault.renew_map(&map).await?;
        }
        // Without them a note that is written without a network stands beside an earlier one until its learner decides.
        if let Ok(notes) = client::get::<Vec<CourseNotes>>(self.actor, "/me/notes").await {
            vault.renew_notes(&units, &notes).await?;
        }
        // Without these the phone does not know what was handed in; the server does.
        for unit in with_work {
            drop(open_assignments(self.actor, unit, false).await);
        }
        Ok(Given { is_promised: persistence::ask().await, has_app: offline_app::keep().await })
    }

    async fn remove(self, module: KeptModule) -> bool {
        let removed = async {
            let vault = Vault::open(self.actor).await?;
            let before = recordings_in(&vault.modules().await?);
            vault.remove_module(&module).await?;
            self.sweep(&vault, &before).await
        };
        let is_removed = removed.await.is_ok();
        self.show().await;
        is_removed
    }
}

/// The video and sound of modules.
fn recordings_in(modules: &[KeptModule]) -> BTreeSet<RecordingName> {
    modules.iter().flat_map(KeptModule::recordings).collect()
}

/// What the browser gave beside the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Given {
    /// Whether it promised to throw nothing away.
    is_promised: bool,
    /// Whether the app itself opens without a network.
    has_app: bool,
}

/// Why a module could not be kept.
#[derive(Clone, Debug, PartialEq)]
enum Trouble {
    /// It did not come.
    Api(ApiError),
    /// The browser has no room for it, or keeps nothing.
    NoRoom,
}

impl From<ApiError> for Trouble {
    fn from(failure: ApiError) -> Self {
        Self::Api(failure)
    }
}

impl From<StoreError> for Trouble {
    fn from(_: StoreError) -> Self {
        Self::NoRoom
    }
}

/// A module that can be downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pages::learning) struct Offer {
    /// The course.
    pub(in crate::pages::learning) course_id: CourseId,
    /// Which module of it, from 0.
    pub(in crate::pages::learning) index: u16,
    /// The title of the module.
    pub(in crate::pages::learning) title: String,
    /// Number of the version that the learner studies.
    pub(in crate::pages::learning) version: i32,
    /// What it weighs, in bytes.
    pub(in crate::pages::learning) bytes: u32,
    /// Its units.
    pub(in crate::pages::learning) units: Vec<UnitId>,
    /// Whether there is a network to fetch it.
    pub(in crate::pages::learning) is_reachable: bool,
}

/// Whether the phone keeps a module, and the way to change that.
#[component]
pub(in crate::pages::learning) fn ModuleKeeping(keeping: Keeping, offer: Offer) -> impl IntoView {
    let i18n = use_i18n();
    let (is_reachable, version) = (offer.is_reachable, offer.version);
    let offer = StoredValue::new(offer);
    let given = RwSignal::new(None::<Given>);
    let kept = Memo::new(move |_| {
        let is_it =
            |module: &&KeptModule| offer.with_value(|offer| module.is(offer.course_id, offer.index, &offer.units));
        keeping.modules.with(|modules| modules.as_ref()?.iter().find(is_it).cloned())
    });
    let is_read = Memo::new(move |_| keeping.modules.with(Option::is_some));
    let about = move |module: KeptModule| {
        let (is_old, size) = (module.version != version, megabytes(module.bytes));
        view! {
            <div class="row">
                <Tag tone=Tone::Ok>
                    <Icon symbol=Symbol::Check />
                    {t!(i18n, learning.offline_kept, size = size)}
                </Tag>
                <RemoveModule keeping module=module.clone() />
            </div>
            <RecordingKeeping keeping module is_reachable />
            {is_old.then(|| view! { <Notice tone=Tone::Wait>{t!(i18n, learning.offline_new_version)}</Notice> })}
            {(is_old && is_reachable).then(|| view! { <DownloadModule keeping offer given is_update=true /> })}
        }
    };
    view! {
        <div class="stack">
            {move || match kept.get() {
                Some(module) => about(module).into_any(),
                None if !is_read.get() => ().into_any(),
                None if is_reachable => view! { <DownloadModule keeping offer given is_update=false /> }.into_any(),
                None => view! { <p class="muted small">{t!(i18n, learning.offline_not_kept)}</p> }.into_any(),
            }}
            <div aria-live="polite">
                {move || given.get().map(|Given { is_promised, has_app }| view! {
                    {(!has_app).then(|| view! { <Notice tone=Tone::Wait>{t!(i18n, learning.offline_no_app)}</Notice> })}
                    {(!is_promised).then(|| view! {
                        <p class="muted small">{t!(i18n, learning.offline_may_vanish)}</p>
                    })}
                })}
            </div>
        </div>
    }
}

/// The button that says what it will weigh, and how far the download is.
#[component]
fn DownloadModule(
    keeping: Keeping,
    offer: StoredValue<Offer>,
    given: RwSignal<Option<Given>>,
    /// Whether an older version is on the phone.
    is_update: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = expect_context::<Toasts>();
    let (is_busy, percent) = (RwSignal::new(false), RwSignal::new(0_u8));
    let trouble = RwSignal::new(None::<Trouble>);
    let title = offer.with_value(|offer| offer.title.clone());
    let size = offer.with_value(|offer| megabytes(offer.bytes));
    let name = title.clone();
    let download = move |()| {
        is_busy.set(true);
        percent.set(0);
        trouble.set(None);
        given.set(None);
        let done = t_string!(i18n, learning.offline_got, title = name.clone());
        spawn_local(async move {
            let outcome = keeping.download(offer.get_value(), percent).await;
            match outcome {
                Ok(what) => {
                    given.try_set(Some(what));
                    toasts.done(done);
                }
                Err(reason) => _ = trouble.try_set(Some(reason)),
            }
            is_busy.try_set(false);
        });
    };
    let words = move || match is_update {
        true => t_string!(i18n, learning.offline_update, size = size.clone()),
        false => t_string!(i18n, learning.offline_download, size = size.clone()),
    };
    let getting = title.clone();
    let label = Signal::derive(move || t_string!(i18n, learning.offline_getting, title = getting.clone()));
    view! {
        <div class="row">
            <Button is_busy on_press=download>
                <Icon symbol=Symbol::Download />
                <span class="num">{words}</span>
                <span class="visually-hidden">" " {title}</span>
            </Button>
        </div>
        <Show when=move || is_busy.get()>
            <ProgressBar percent label />
        </Show>
        {move || trouble.get().map(|trouble| match trouble {
            Trouble::Api(failure) => view! { <FailureNotice failure /> }.into_any(),
            Trouble::NoRoom => {
                view! { <p class="notice stop" role="alert">{t!(i18n, learning.offline_no_room)}</p> }.into_any()
            }
        })}
    }
}

/// Takes a module off the phone. What was done with it and not sent stays.
#[component]
pub(in crate::pages::learning) fn RemoveModule(keeping: Keeping, module: KeptModule) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = expect_context::<Toasts>();
    let title = module.title.clone();
    let remove = move |()| {
        let module = module.clone();
        let done = t_string!(i18n, learning.offline_removed).to_owned();
        spawn_local(async move {
            if keeping.remove(module).await {
                toasts.done(done);
            }
        });
    };
    view! {
        <Button look=Look::Quiet on_press=remove>
            {t!(i18n, learning.offline_remove)}
            <span class="visually-hidden">" " {title}</span>
        </Button>
    }
}
