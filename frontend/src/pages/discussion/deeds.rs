//! What is done about a post: reported, taken back, hidden, shown again, found in order.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
        reasoned::{EndForm, EndWords},
    },
    platform::{actor::Actor, client, deed::Deed},
    ui::{Button, ConfirmDialog, DeedFailure, Dialog, Look, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::{
    ids::DiscussionPostId,
    learning::{ModeratePost, Moderation, PostView},
};

/// Something to read, in the language of who reads.
type Words = fn(Locale) -> &'static str;

/// What is said of a report.
const REPORT: EndWords = EndWords {
    name: |locale| td_string!(locale, discussion.report),
    about: |locale| td_string!(locale, discussion.report_about),
    done: |locale| td_string!(locale, discussion.report_done),
};

/// A button beside a post, named after who wrote it for who does not see where it stands.
#[component]
fn Beside(
    /// Its words.
    name: Words,
    /// Who wrote the post.
    named: String,
    /// Opens what asks.
    is_open: RwSignal<bool>,
    /// Whether it is under way.
    #[prop(into, optional)]
    is_busy: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Button look=Look::Quiet is_busy on_press=move |()| is_open.set(true)>
            {move || name(i18n.get_locale())}
            <span class="visually-hidden">" " {named}</span>
        </Button>
    }
}

/// Tells the teachers of a post.
#[component]
pub(super) fn Report(id: DiscussionPostId, named: String, reload: Callback<()>) -> impl IntoView {
    let is_open = RwSignal::new(false);
    view! {
        <Beside name=REPORT.name named is_open />
        <Dialog is_open title=words(REPORT.name)>
            <EndForm path=format!("/me/discussion_posts/{id}/reports") says=REPORT is_open reload />
        </Dialog>
    }
}

/// Hides a post from the class, and says why.
#[component]
pub(in crate::pages) fn Hide(
    /// The post.
    id: DiscussionPostId,
    /// Who wrote it.
    named: String,
    /// Hears what has become of it.
    after: Callback<PostView>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    view! {
        <Beside name=|locale| td_string!(locale, discussion.hide) named is_open />
        <Dialog is_open title=words(|locale| td_string!(locale, discussion.hide))>
            <HideForm id is_open after />
        </Dialog>
    }
}

#[component]
fn HideForm(id: DiscussionPostId, is_open: RwSignal<bool>, after: Callback<PostView>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let reason = RwSignal::new(String::new());
    let said = |reason: String| ModeratePost { step: Moderation::Hide, reason };
    let checked = Checked::new(move || said(reason.get()).check().err().into_iter().collect());
    let send = Callback::new(move |()| {
        let said = said(reason.get_untracked());
        let hiding = async move { client::post(actor, &format!("/discussion_posts/{id}/steps"), &said).await };
        checked.deed.run(hiding, move |changed: PostView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, discussion.hide_done));
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            after.run(changed);
        });
    });
    view! {
        <p>{t!(i18n, discussion.hide_about)}</p>
        <CheckedForm checked look=Look::Danger verb=words(|locale| td_string!(locale, discussion.hide)) send>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

/// What needs no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum SettleKind {
    /// Who wrote it takes it back.
    TakeBack,
    /// A teacher shows it again.
    Show,
    /// A teacher finds it in order.
    Keep,
}

impl SettleKind {
    /// The deed, and what it will do.
    fn words(self) -> (Words, Words) {
        match self {
            Self::TakeBack => (
                |locale| td_string!(locale, discussion.take_back),
                |locale| td_string!(locale, discussion.take_back_about),
            ),
            Self::Show => {
                (|locale| td_string!(locale, discussion.show), |locale| td_string!(locale, discussion.show_about))
            }
            Self::Keep => {
                (|locale| td_string!(locale, discussion.keep), |locale| td_string!(locale, discussion.keep_about))
            }
        }
    }

    /// What a teacher says by it; nothing by what is no teacher's.
    const fn moderation(self) -> Option<Moderation> {
        match self {
            Self::TakeBack => None,
            Self::Show => Some(Moderation::Show),
            Self::Keep => Some(Moderation::Keep),
        }
    }
}

/// Does it, after another question.
#[component]
pub(in crate::pages) fn Settle(
    /// The post.
    id: DiscussionPostId,
    /// What is done.
    kind: SettleKind,
    /// Who wrote it.
    named: String,
    /// Hears what has become of it.
    after: Callback<PostView>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let (name, about) = kind.words();
    let go = move |()| {
        let doing = async move {
            match kind.moderation() {
                Some(step) => {
                    let said = ModeratePost { step, reason: String::new() };
                    client::post(actor, &format!("/discussion_posts/{id}/steps"), &said).await
                }
                None => client::ask(actor, &format!("/me/discussion_posts/{id}/take_back")).await,
            }
        };
        deed.run(doing, move |changed: PostView| {
            toasts.done(t_string!(i18n, common.done));
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            after.run(changed);
        });
    };
    view! {
        <Beside name named is_open=is_asking is_busy=deed.is_busy() />
        <DeedFailure deed />
        <ConfirmDialog is_open=is_asking title=words(name) text=words(about) confirm=words(name) on_confirm=go />
    }
}
