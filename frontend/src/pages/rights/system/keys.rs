//! The keys that seal: a new one takes over, and what each still opens is counted.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
        job::follow,
        when,
    },
    ui::{Button, Card, Column, ConfirmDialog, DeedFailure, Look, Table},
};
use leptos::prelude::*;
use serde_json::Value;
use shared::{
    jobs::{JobState, JobView},
    system::{KeyUse, SystemView},
};

/// Work on the keys that is asked for here, and followed until it is done.
#[derive(Clone, Copy)]
struct Order {
    actor: Actor,
    path: &'static str,
    deed: Deed,
    /// How far it is; absent while this page follows none.
    seen: RwSignal<Option<JobView>>,
    again: Callback<()>,
}

impl Order {
    fn new(actor: Actor, path: &'static str, again: Callback<()>) -> Self {
        Self { actor, path, deed: Deed::new(), seen: RwSignal::new(None), again }
    }

    fn begin(self) {
        let Self { actor, path, seen, again, .. } = self;
        let key = client::idempotency_key();
        let work = async move {
            let job: JobView = client::create(actor, path, &key, &Value::Null).await?;
            // The page may be gone before the work is done; the work goes on.
            let outcome: Outcome<Value> = follow(actor, job, move |job| {
                seen.try_set(Some(job.clone()));
            })
            .await;
            seen.try_set(None);
            outcome
        };
        self.deed.run(work, move |_| again.run(()));
    }
}

/// Where a job on the keys stands.
fn standing(locale: Locale, job: &JobView) -> String {
    match job.state {
        JobState::Waiting => td_string!(locale, rights.system_job_waiting).to_owned(),
        JobState::Running => td_string!(locale, rights.system_job_running, done = job.done),
        JobState::Failed => td_string!(locale, rights.system_job_failed).to_owned(),
        JobState::Done => {
            let at = job.finished_at.map(|at| when::date_time(locale, at)).unwrap_or_default();
            td_string!(locale, rights.system_job_done, at = at)
        }
    }
}

#[component]
pub(super) fn Keys(system: SystemView, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let rotation = Order::new(actor, "/system/key_rotations", again);
    let count = Order::new(actor, "/system/key_counts", again);
    let (is_asking, makes_keys) = (RwSignal::new(false), system.makes_keys);
    let counted = uses(system.key_count.as_ref());
    let says = move |order: Order, last: Option<JobView>| {
        let last = StoredValue::new(last);
        move || {
            let locale = i18n.get_locale();
            let shown = order.seen.get().or_else(|| last.get_value());
            shown.map_or_else(|| t_string!(i18n, rights.system_never).to_owned(), |job| standing(locale, &job))
        }
    };
    view! {
        <Card title=words(|locale| td_string!(locale, rights.system_keys))>
            <p class="muted">{move || match makes_keys {
                true => t_string!(i18n, rights.system_keys_lead),
                false => t_string!(i18n, rights.system_keys_of_nodes),
            }}</p>
            <dl class="facts">
                <div><dt>{t!(i18n, rights.system_current_key)}</dt><dd class="num">{system.current_key}</dd></div>
                <div>
                    <dt>{t!(i18n, rights.system_rotation)}</dt>
                    <dd><span role="status">{says(rotation, system.rotation)}</span></dd>
                </div>
                <div>
                    <dt>{t!(i18n, rights.system_count)}</dt>
                    <dd><span role="status">{says(count, system.key_count)}</span></dd>
                </div>
            </dl>
            {(!counted.is_empty()).then(|| view! { <Uses counted /> })}
            <div class="row">
                <Button look=Look::Primary is_busy=rotation.deed.is_busy() on_press=move |()| is_asking.set(true)>
                    {t!(i18n, rights.system_rotate)}
                </Button>
                <Button is_busy=count.deed.is_busy() on_press=move |()| count.begin()>
                    {t!(i18n, rights.system_count_do)}
                </Button>
            </div>
            <DeedFailure deed=rotation.deed />
            <DeedFailure deed=count.deed />
            <ConfirmDialog
                is_open=is_asking
                title=words(|locale| td_string!(locale, rights.system_rotate))
                text=words(|locale| td_string!(locale, rights.system_rotate_text))
                confirm=words(|locale| td_string!(locale, rights.system_rotate))
                on_confirm=move |()| rotation.begin()
            />
        </Card>
    }
}

/// What the last count that is done has brought.
fn uses(job: Option<&JobView>) -> Vec<KeyUse> {
    let result = job.filter(|job| job.state == JobState::Done).and_then(|job| job.result.clone());
    result.and_then(|result| serde_json::from_value(result).ok()).unwrap_or_default()
}

#[component]
fn Uses(counted: Vec<KeyUse>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, rights.system_key))),
        Column::number(words(|locale| td_string!(locale, rights.system_values))),
    ];
    view! {
        <Table
            caption=words(|locale| td_string!(locale, rights.system_count))
            columns
            rows=Signal::stored(counted)
            key=|used| used.key
            row
        />
    }
}

/// The cells of a key.
fn row(used: KeyUse) -> impl IntoView {
    view! {
        <th scope="row" class="num">{used.key}</th>
        <td class="n">{used.values}</td>
    }
}
