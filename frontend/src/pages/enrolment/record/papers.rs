//! The photos of a learner's papers: taken with the phone's camera, or chosen; each look is audited, so
//! they are shown when somebody asks.

use super::{
    super::words::kind_name,
    look::{LookDialog, Looking},
    place_of,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::{may, words::words},
        photos::TakePhoto,
    },
    platform::{actor::Actor, client, deed::Deed, when},
    ui::{Button, Card, DeedFailure, Icon, Symbol, Toasts},
};
use leptos::prelude::*;
use shared::{
    enrolment::{AttachmentKind, AttachmentView, EnrolmentView, PAPERS_KEPT_DAYS, judge_attachment},
    ids::StudentRecordId,
    rights::Right,
};

/// What the parts of the card need.
#[derive(Clone, Copy)]
struct Around {
    record: StudentRecordId,
    may_change: bool,
    may_look: bool,
    changed: Callback<()>,
    looking: Looking,
}

/// The card: a tile for each kind of paper, with its photos. A photo that comes or goes changes its tile alone.
#[component]
pub(super) fn Papers(view: RwSignal<EnrolmentView>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (id, place, state) = view.with_untracked(|view| (view.record.id, place_of(&view.record), view.record.state));
    let is_open = judge_attachment(state).is_ok();
    let around = Around {
        record: id,
        may_change: is_open && may(actor, Right::KeepEnrolments, &place),
        may_look: may(actor, Right::SeeAttachment, &place),
        changed: reload,
        looking: Looking::new(),
    };
    let tile = move |kind: AttachmentKind| {
        let of_kind = move |view: &EnrolmentView| -> Vec<AttachmentView> {
            view.attachments.iter().filter(|photo| photo.kind == kind).cloned().collect()
        };
        let photos = Memo::new(move |_| view.with(of_kind));
        let is_shown = move || around.may_change || photos.with(|photos| !photos.is_empty());
        view! {
            <Show when=is_shown>
                <Paper kind photos around />
            </Show>
        }
    };
    view! {
        <Card title=words(|locale| td_string!(locale, enrolment.papers))>
            <p class="muted small">
                {match (is_open, AttachmentKind::IdCard.has_served(state)) {
                    (true, _) => t!(i18n, enrolment.papers_about).into_any(),
                    (false, false) => t!(i18n, enrolment.papers_fixed).into_any(),
                    (false, true) => t!(i18n, enrolment.papers_served, days = PAPERS_KEPT_DAYS).into_any(),
                }}
            </p>
            <ul class="papers">{AttachmentKind::ALL.iter().map(|kind| tile(*kind)).collect_view()}</ul>
            <LookDialog looking=around.looking record=around.record />
        </Card>
    }
}

/// One kind of paper.
#[component]
fn Paper(kind: AttachmentKind, photos: Memo<Vec<AttachmentView>>, around: Around) -> impl IntoView {
    let i18n = use_i18n();
    let is_missing = move || photos.with(Vec::is_empty);
    let symbol = move || if is_missing() { Symbol::Camera } else { Symbol::Check };
    let name = Signal::derive(move || kind_name(i18n.get_locale(), kind).to_owned());
    view! {
        <li class="paper" class:is-missing=is_missing>
            <div class="paper-picture" class:is-there=move || !is_missing()>
                {move || view! { <Icon symbol=symbol() /> }}
            </div>
            <div class="paper-foot">
                <b>{move || name.get()}</b>
                <For each=move || photos.get() key=|photo| photo.id let:photo>
                    <Photo photo name around />
                </For>
                {around.may_change.then(|| {
                    let path = format!("/enrolments/{}/attachments?kind={kind}", around.record);
                    let added = Callback::new(move |_: AttachmentView| around.changed.run(()));
                    view! { <TakePhoto path name added /> }
                })}
            </div>
        </li>
    }
}

/// One photo: when it came, a look at it, and the way to take it away.
#[component]
fn Photo(photo: AttachmentView, name: Signal<String>, around: Around) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let AttachmentView { id, added_at, .. } = photo;
    let remove = move |()| {
        let path = format!("/enrolments/{}/attachments/{id}", around.record);
        deed.run(async move { client::delete(actor, &path).await }, move |()| {
            toasts.done(t_string!(i18n, common.done));
            around.changed.run(());
        });
    };
    view! {
        <p class="muted small num">{move || when::date_time(i18n.get_locale(), added_at)}</p>
        <div class="row">
            {around.may_look.then(|| view! {
                <Button on_press=move |()| around.looking.at(id, name.get_untracked())>
                    {t!(i18n, enrolment.look)}
                    <span class="visually-hidden">" " {move || name.get()}</span>
                </Button>
            })}
            {around.may_change.then(|| view! {
                <Button is_busy=deed.is_busy() on_press=remove>
                    {t!(i18n, enrolment.remove)}
                    <span class="visually-hidden">" " {move || name.get()}</span>
                </Button>
            })}
        </div>
        <DeedFailure deed />
    }
}
