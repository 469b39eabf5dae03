//! One recheck: each response as it was handed in and scored, what was found, and what the reader does about it.

mod turns;

use super::rechecks::StateTag;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{not_found::NotFoundPage, organisation::words::words},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{AsyncView, Card, PageHeading, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    ids::ScoreRecheckId,
    results::{RecheckFinding, RecheckView, RecheckedItem},
};
use turns::Turns;

lazy_page! {
    /// The page.
    RecheckPage = Recheck in office;
}

#[component]
fn Recheck() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<ScoreRecheckId>().ok()));
    move || match id.get() {
        Some(id) => view! { <OneRecheck id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn OneRecheck(id: ScoreRecheckId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let fetched: LocalResource<Outcome<RecheckView>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/rechecks/{id}")).await });
    let again = Callback::new(move |()| fetched.refetch());
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/rechecks">{t!(i18n, results.rechecks)}</A></p>
            <AsyncView resource=fetched let:recheck>
                <Facts recheck=recheck.clone() />
                {recheck.finding.clone().map(|finding| {
                    view! { <Finding finding items=recheck.items.clone() /> }
                })}
                <Turns recheck again />
            </AsyncView>
        </main>
    }
}

/// Of which test, until when, and the score that was released.
#[component]
fn Facts(recheck: RecheckView) -> impl IntoView {
    let i18n = use_i18n();
    let head = recheck.head;
    let (ticket, asked_at, answer_by) = (head.ticket_number, head.asked_at, head.answer_by);
    let heading = Signal::derive(move || format!("{} {ticket}", td_string!(i18n.get_locale(), results.recheck)));
    let sum = recheck.items.iter().map(|item| item.points).sum::<shared::points::Points>();
    let max = recheck.max_score.to_string();
    view! {
        <div class="row spread">
            <PageHeading text=heading />
            <StateTag state=head.state />
        </div>
        <Card title=words(|locale| td_string!(locale, results.recheck_facts))>
            <p>{head.exam_session_title}</p>
            <dl class="facts">
                <div>
                    <dt>{t!(i18n, results.recheck_asked_at)}</dt>
                    <dd class="num">{move || when::date(i18n.get_locale(), asked_at)}</dd>
                </div>
                <div>
                    <dt>{t!(i18n, results.recheck_answer_by)}</dt>
                    <dd class="num">{move || when::date_time(i18n.get_locale(), answer_by)}</dd>
                </div>
                <div>
                    <dt>{t!(i18n, results.recheck_released)}</dt>
                    <dd class="num">
                        {recheck.score.to_string()} " "
                        <span class="small muted">{move || t_string!(i18n, results.of, max = max.clone())}</span>
                    </dd>
                </div>
                <div><dt>{t!(i18n, results.recheck_sum)}</dt><dd class="num">{sum.to_string()}</dd></div>
            </dl>
        </Card>
    }
}

/// What somebody found.
#[component]
fn Finding(finding: RecheckFinding, items: Vec<RecheckedItem>) -> impl IntoView {
    let i18n = use_i18n();
    let RecheckFinding { corrections, score, reason, by_name, at } = finding;
    let line = move |item: &RecheckedItem| {
        let correction = corrections.iter().find(|one| one.item_id == item.item_id)?;
        let (number, old, points) = (item.number, item.points.to_string(), correction.points.to_string());
        let said = move || {
            t_string!(i18n, results.recheck_change, number = number, old = old.clone(), points = points.clone())
        };
        Some(view! { <li class="num">{said}</li> })
    };
    let lines: Vec<_> = items.iter().filter_map(line).collect();
    view! {
        <Card title=words(|locale| td_string!(locale, results.recheck_finding))>
            <p>{reason}</p>
            {(!lines.is_empty()).then(|| view! { <ul>{lines}</ul> })}
            <p><b>{t!(i18n, results.score)} " " <span class="num">{score.to_string()}</span></b></p>
            <p class="muted small num">{by_name} " " {move || when::date_time(i18n.get_locale(), at)}</p>
        </Card>
    }
}

/// What speaks against the points of an item, or that nothing does.
fn judgement(locale: Locale, item: &RecheckedItem) -> &'static str {
    if !item.is_recorded {
        td_string!(locale, results.recheck_not_recorded)
    } else if !item.is_right() {
        td_string!(locale, results.recheck_other_points)
    } else if !item.is_answered {
        td_string!(locale, results.recheck_blank)
    } else if item.is_marked {
        td_string!(locale, results.recheck_marked)
    } else {
        td_string!(locale, results.recheck_right)
    }
}

/// The same as a tag.
#[component]
fn JudgementTag(item: RecheckedItem) -> impl IntoView {
    let i18n = use_i18n();
    let tone = if item.is_right() { Tone::Ok } else { Tone::Stop };
    view! { <Tag tone>{move || judgement(i18n.get_locale(), &item)}</Tag> }
}
