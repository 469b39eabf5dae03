//! One merge of the list: who becomes who, why, by whose hands, and what the reader can do.

use super::{
    answer::{Approve, Refuse, Undo, Withdraw},
    has_approved, is_own,
    list::Around,
    words::{StateTag, ground_name},
};
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::people::words::kind_name,
    platform::{actor::Actor, clock, when},
    ui::Card,
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    people::{MergeHand, MergeSide, MergeState, MergeStep, MergeView, days_left},
    time::Timestamp,
};

#[component]
pub(super) fn Entry(merge: MergeView) -> impl IntoView {
    let i18n = use_i18n();
    let title = {
        let (merged, survivor) = (merge.merged.name.clone(), merge.survivor.name.clone());
        Signal::derive(move || {
            let locale = i18n.get_locale();
            let [merged, survivor] = [&merged, &survivor].map(|name| told_name(locale, name));
            td_string!(locale, merges.of_two, merged = merged, survivor = survivor)
        })
    };
    let (state, ground) = (merge.state, merge.ground);
    let is_apart = matches!(state, MergeState::Undone | MergeState::Refused | MergeState::Withdrawn);
    view! {
        <Card title>
            <p><StateTag state /></p>
            {merge.is_across.then(|| view! { <p class="muted">{t!(i18n, merges.is_across)}</p> })}
            <dl class="facts">
                <Side name=move |locale| td_string!(locale, merges.kept) side=merge.survivor.clone() is_shown=true />
                <Side
                    name=move |locale| td_string!(locale, merges.ended)
                    side=merge.merged.clone()
                    is_shown=is_apart || state != MergeState::Done
                />
                <div>
                    <dt>{t!(i18n, merges.ground)}</dt>
                    <dd>{move || ground_name(i18n.get_locale(), ground)}</dd>
                </div>
                <div><dt>{t!(i18n, merges.reason)}</dt><dd>{merge.reason.clone()}</dd></div>
                <Hands merge=merge.clone() />
            </dl>
            <Deeds merge />
        </Card>
    }
}

/// A name; the words for it where the reader is not told.
fn told_name(locale: Locale, name: &str) -> String {
    if name.is_empty() { td_string!(locale, merges.not_told).to_owned() } else { name.to_owned() }
}

/// One of the two; a link where the record still is its own.
#[component]
fn Side(name: impl Fn(Locale) -> &'static str + Send + 'static, side: MergeSide, is_shown: bool) -> impl IntoView {
    let i18n = use_i18n();
    let Around { names, .. } = expect_context::<Around>();
    let kept_at = names.of(&side.division);
    let person = match side.person_id.filter(|_| is_shown) {
        Some(id) => view! { <A href=format!("/people/{id}")>{side.name}</A> }.into_any(),
        None => (move || told_name(i18n.get_locale(), &side.name)).into_any(),
    };
    let (document, born) = (side.document, side.birth_year);
    let rest = move || {
        let locale = i18n.get_locale();
        let document = document.as_ref();
        let document =
            document.map(|document| format!("{} {}", kind_name(locale, document.kind), document.number_masked));
        let born = born.map(|year| td_string!(locale, merges.born, year = year));
        let kept_at = Some(kept_at.get()).filter(|name| !name.is_empty());
        let parts = [document, born, kept_at];
        parts.into_iter().flatten().map(|part| format!(" · {part}")).collect::<String>()
    };
    view! { <div><dt>{move || name(i18n.get_locale())}</dt><dd class="num">{person}{rest}</dd></div> }
}

/// Who proposed, approved, refused, took back and undid it.
#[component]
fn Hands(merge: MergeView) -> impl IntoView {
    let i18n = use_i18n();
    let line = move |name: fn(Locale) -> &'static str, hand: MergeHand, because: Option<String>| {
        let said = move || {
            let locale = i18n.get_locale();
            td_string!(locale, merges.hand, name = hand.name.clone(), at = when::date_time(locale, hand.at))
        };
        view! {
            <div>
                <dt>{move || name(i18n.get_locale())}</dt>
                <dd class="num">{said} {because.map(|because| format!(" · {because}"))}</dd>
            </div>
        }
    };
    let approvals = merge.approvals.into_iter();
    let closed: fn(Locale) -> &'static str = match merge.state {
        MergeState::Refused => |locale| td_string!(locale, merges.refused_by),
        _ => |locale| td_string!(locale, merges.withdrawn_by),
    };
    view! {
        {line(|locale| td_string!(locale, merges.proposed_by), merge.proposed, None)}
        {approvals.map(|hand| line(|locale| td_string!(locale, merges.approved_by), hand, None)).collect_view()}
        {merge.closed.map(|hand| line(closed, hand, merge.answer))}
        {merge.undone.map(|hand| line(|locale| td_string!(locale, merges.undone_by), hand, merge.undone_because))}
    }
}

/// What the reader can do, or what is waited for.
#[component]
fn Deeds(merge: MergeView) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let takes = |step: MergeStep| merge.steps.contains(&step);
    let (withdraws, approves, undoes) = (takes(MergeStep::Withdraw), takes(MergeStep::Approve), takes(MergeStep::Undo));
    let (own, approved) = (is_own(actor, &merge), has_approved(actor, &merge));
    let seen = super::answer::Seen { id: merge.id, version: merge.version };
    let is_second = merge.state == MergeState::Approved;
    match merge.state {
        MergeState::Proposed | MergeState::Approved => view! {
            {(approves && own).then(|| view! { <p class="muted">{t!(i18n, merges.own_proposal)}</p> })}
            {(approves && approved).then(|| view! { <p class="muted">{t!(i18n, merges.own_approval)}</p> })}
            <div class="row">
                {(approves && !own && !approved).then(|| view! { <Approve seen is_second /> })}
                {(approves && !own).then(|| view! { <Refuse seen /> })}
                {withdraws.then(|| view! { <Withdraw seen /> })}
            </div>
        }
        .into_any(),
        MergeState::Done => view! { <Undoing until=merge.undo_until seen=undoes.then_some(seen) /> }.into_any(),
        MergeState::Undone | MergeState::Refused | MergeState::Withdrawn => ().into_any(),
    }
}

/// How long it can be undone, and the way to do so for who may.
#[component]
fn Undoing(until: Option<Timestamp>, seen: Option<super::answer::Seen>) -> impl IntoView {
    let i18n = use_i18n();
    let left = until.and_then(|until| days_left(until, clock::now()));
    let said = move || {
        let locale = i18n.get_locale();
        match left {
            None => td_string!(locale, merges.too_late).to_owned(),
            Some(0..=1) => td_string!(locale, merges.last_day).to_owned(),
            Some(days) => td_string!(locale, merges.days_left, days = days),
        }
    };
    view! {
        <div class="row spread">
            <p class="muted">{said}</p>
            {seen.filter(|_| left.is_some()).map(|seen| view! { <Undo seen /> })}
        </div>
    }
}
