//! Who of a class may graduate: those who lack nothing are chosen, the others are told why not yet.

use super::{Gaps, state_name};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{enrolment::words::level_name, organisation::words::words, people::checked::GroupError},
    platform::{actor::Actor, client, deed::Deed},
    ui::{AsyncView, Button, DeedFailure, Look, PageHeading, Tag, Toasts, Tone},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_params_map},
};
use shared::{
    credit_bank::{GraduateCandidate, GraduationView, ProposeGraduates},
    ids::AccountId,
};

lazy_page! {
    /// The page.
    GraduateCandidatesPage = GraduateCandidates in office;
}

#[component]
fn GraduateCandidates() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let class = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let candidates = LocalResource::new(move || {
        let path = format!("/classes/{}/graduates", class.get());
        async move { client::get::<Vec<GraduateCandidate>>(actor, &path).await }
    });
    let back = move || format!("/classes/{}", class.get());
    view! {
        <main class="page stack">
            <p class="way-back"><A href=back>{t!(i18n, classes.class)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, graduation.candidates)) />
            <p class="muted">{t!(i18n, graduation.candidates_lead)}</p>
            <AsyncView
                resource=candidates
                is_empty=Vec::is_empty
                empty=words(|locale| td_string!(locale, graduation.candidates_none))
                let:candidates
            >
                <Choice class=class.get_untracked() candidates />
            </AsyncView>
        </main>
    }
}

/// One learner, and whether they are to be proposed.
#[derive(Clone)]
struct Chosen {
    candidate: GraduateCandidate,
    is_chosen: RwSignal<bool>,
}

#[component]
fn Choice(class: String, candidates: Vec<GraduateCandidate>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed, navigate) =
        (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new(), use_navigate());
    let choose = |candidate: GraduateCandidate| {
        let is_chosen = RwSignal::new(candidate.may_be_proposed());
        Chosen { candidate, is_chosen }
    };
    let all: Vec<Chosen> = candidates.into_iter().map(choose).collect();
    let rows = all.clone().into_iter().map(|chosen| view! { <Row chosen /> }).collect_view();
    let all = StoredValue::new(all);
    let learners = move || -> Vec<AccountId> {
        all.with_value(|all| {
            let chosen = all.iter().filter(|one| one.is_chosen.get());
            chosen.map(|one| one.candidate.account_id).collect()
        })
    };
    let count = Memo::new(move |_| learners().len());
    let propose = move |()| {
        let (request, navigate) = (ProposeGraduates { learners: untrack(learners) }, navigate.clone());
        let (path, count) = (format!("/classes/{class}/graduations"), request.learners.len());
        let proposing = async move { client::post(actor, &path, &request).await };
        deed.run(proposing, move |view: GraduationView| {
            toasts.done(td_string!(i18n.get_locale_untracked(), graduation.proposed_toast, count = count));
            navigate(&format!("/graduations?id={}", view.list.id), NavigateOptions::default());
        });
    };
    view! {
        <ul class="rows">{rows}</ul>
        <GroupError text=deed.field("/learners") />
        <DeedFailure deed />
        <Show
            when=move || { count.get() > 0 }
            fallback=move || view! { <p class="muted">{t!(i18n, graduation.propose_none)}</p> }
        >
            <Button look=Look::Primary is_busy=deed.is_busy() on_press=propose.clone()>
                {move || t_string!(i18n, graduation.propose, count = count.get())}
            </Button>
        </Show>
    }
}

#[component]
fn Row(chosen: Chosen) -> impl IntoView {
    let i18n = use_i18n();
    let Chosen { candidate, is_chosen } = chosen;
    let (may_be_proposed, listed, level) = (candidate.may_be_proposed(), candidate.listed, candidate.level);
    let standing = match listed {
        Some(state) => view! {
            <p class="muted">
                {move || t_string!(i18n, graduation.listed, state = state_name(i18n.get_locale(), state))}
            </p>
        }
        .into_any(),
        None if may_be_proposed => view! { <Tag tone=Tone::Credit>{t!(i18n, graduation.eligible)}</Tag> }.into_any(),
        None => view! { <Gaps gaps=candidate.gaps.clone() /> }.into_any(),
    };
    view! {
        <li>
            <div class="stack">
                <label class="pick">
                    <input
                        type="checkbox"
                        disabled=!may_be_proposed
                        prop:checked=is_chosen
                        on:change:target=move |event| is_chosen.set(event.target().checked())
                    />
                    <span>
                        <b>{candidate.name}</b> " "
                        <span class="muted small num">{candidate.learner_number.unwrap_or_default()}</span>
                    </span>
                </label>
                {level.map(|level| view! {
                    <p class="small muted">{move || level_name(i18n.get_locale(), level)}</p>
                })}
                {standing}
            </div>
        </li>
    }
}
