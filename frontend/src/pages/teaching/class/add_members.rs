//! Adding learners of the school to a class, several at once.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        enrolment::words::{StateTag, level_name},
        organisation::words::words,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        creation::CreationKey,
        deed::Deed,
        whole_list::whole_list,
    },
    ui::{AsyncView, Button, DeedFailure, Field, Look, Notice, TextInput, Toasts, Tone},
};
use leptos::prelude::*;
use shared::{
    enrolment::{EnrolmentRow, RecordState},
    ids::{AccountId, ClassId, ProviderId},
    learning::{ClassPlan, CourseLevel, NewMembers, is_of_level},
};

/// States of a record whose learner may join a class.
const READY: [RecordState; 2] = [RecordState::Registered, RecordState::Studying];

/// Learners whom one finds in a list without looking for them.
const AT_A_GLANCE: usize = 10;

/// A learner who may join.
#[derive(Clone)]
struct Candidate {
    account_id: AccountId,
    record: EnrolmentRow,
    is_chosen: RwSignal<bool>,
}

/// The learners of the school at these levels who have an account; those without a class come first.
async fn candidates(actor: Actor, provider_id: ProviderId, levels: Vec<CourseLevel>) -> Outcome<Vec<Candidate>> {
    let mut found = Vec::new();
    for state in READY {
        let of_school = [("provider_id", Some(provider_id.to_string())), ("state", Some(state.as_str().to_owned()))];
        let records: Vec<EnrolmentRow> = whole_list(actor, "/enrolments", &of_school).await?;
        let of_level = records.into_iter().filter(|record| is_of_level(&levels, record.level));
        found.extend(of_level.filter_map(|record| {
            Some(Candidate { account_id: record.account_id?, record, is_chosen: RwSignal::new(false) })
        }));
    }
    Ok(found)
}

/// What the dialog holds.
#[component]
pub(super) fn AddMembers(
    id: ClassId,
    provider_id: ProviderId,
    /// The levels of the class.
    levels: Vec<CourseLevel>,
    is_open: RwSignal<bool>,
    reload: Callback<()>,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let found = LocalResource::new(move || candidates(actor, provider_id, levels.clone()));
    view! {
        <AsyncView
            resource=found
            is_empty=Vec::is_empty
            empty=words(|locale| td_string!(locale, classes.no_candidates))
            let:found
        >
            <Choose found id is_open reload />
        </AsyncView>
    }
}

#[component]
fn Choose(found: Vec<Candidate>, id: ClassId, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (key, was_sent) = (CreationKey::new(), RwSignal::new(false));
    let all = StoredValue::new(found.clone());
    let chosen = move || {
        all.with_value(|all| {
            let chosen = all.iter().filter(|candidate| candidate.is_chosen.get());
            chosen.map(|candidate| candidate.account_id).collect::<Vec<_>>()
        })
    };
    let count = Memo::new(move |_| chosen().len());
    let add = move |()| {
        was_sent.set(true);
        let learners = untrack(chosen);
        if learners.is_empty() {
            return;
        }
        let path = format!("/classes/{id}/members");
        let adding =
            key.create(move |key| async move { client::create(actor, &path, &key, &NewMembers { learners }).await });
        deed.run(adding, move |_: ClassPlan| {
            is_open.set(false);
            toasts.done(t_string!(i18n, classes.members_added, count = count.get_untracked()));
            reload.run(());
        });
    };
    let named = RwSignal::new(String::new());
    let is_shown = move |candidate: &Candidate| named.with(|named| candidate.record.name.contains(named.trim()));
    let choose_all = move |()| {
        let shown = |candidate: &&Candidate| untrack(|| is_shown(candidate));
        all.with_value(|all| all.iter().filter(shown).for_each(|candidate| candidate.is_chosen.set(true)));
    };
    let is_long = found.len() > AT_A_GLANCE;
    let row = move |candidate: Candidate| {
        let shown = candidate.clone();
        view! { <Show when=move || is_shown(&shown)><Row candidate=candidate.clone() /></Show> }
    };
    let is_missing = move || was_sent.get() && count.get() == 0;
    view! {
        {is_long.then(|| view! {
            <div class="row search">
                <Field id="named" label=words(|locale| td_string!(locale, people.name))>
                    <TextInput value=named />
                </Field>
                <Button on_press=choose_all>{t!(i18n, roster.choose_all)}</Button>
            </div>
        })}
        <ul class="choices-list">{found.into_iter().map(row).collect_view()}</ul>
        <Show when=is_missing><Notice tone=Tone::Stop>{t!(i18n, classes.choose_members)}</Notice></Show>
        <DeedFailure deed />
        <Button look=Look::Primary is_busy=deed.is_busy() on_press=add>
            {move || t_string!(i18n, classes.add_chosen, count = count.get())}
        </Button>
    }
}

#[component]
fn Row(candidate: Candidate) -> impl IntoView {
    let i18n = use_i18n();
    let Candidate { record, is_chosen, .. } = candidate;
    let level = record.level;
    view! {
        <li class="row spread">
            <label class="pick">
                <input
                    type="checkbox"
                    prop:checked=is_chosen
                    on:change:target=move |event| is_chosen.set(event.target().checked())
                />
                <span>
                    <b>{record.name}</b> " "
                    <span class="muted small">{move || level_name(i18n.get_locale(), level)}</span>
                </span>
            </label>
            <StateTag state=record.state />
        </li>
    }
}
