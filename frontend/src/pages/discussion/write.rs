//! Writing a post, and replying to one. What was not taken stays on the page, and is sent again as the same request.

use super::Open;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
    },
    ui::{Button, Dialog, Field, TextArea, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::{
    ids::DiscussionPostId,
    learning::{MAX_POST_CHARS, NewPost, PostView},
};

/// The form of a post of its own. It is drawn anew when the post has been taken.
#[component]
pub(super) fn Write(open: Open) -> impl IntoView {
    let written = RwSignal::new(0_u32);
    let sent = Callback::new(move |()| {
        // The form goes away, and the focus must not go with it.
        focus_on("h1");
        written.update(|written| *written += 1);
    });
    move || {
        written.track();
        view! {
            <PostForm
                open
                label=|locale| td_string!(locale, discussion.write_label)
                verb=|locale| td_string!(locale, discussion.write_send)
                sent
            />
        }
    }
}

/// The button that opens the form of a reply.
#[component]
pub(super) fn Reply(to: DiscussionPostId, named: String, open: Open) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let sent = Callback::new(move |()| {
        is_open.set(false);
        // The thread is drawn anew, and the focus must not go with it.
        focus_on("h1");
    });
    view! {
        <Button on_press=move |()| is_open.set(true)>
            {t!(i18n, discussion.reply)}
            <span class="visually-hidden">" " {named}</span>
        </Button>
        <Dialog is_open title=words(|locale| td_string!(locale, discussion.reply))>
            <PostForm
                open
                to
                label=|locale| td_string!(locale, discussion.reply_label)
                verb=|locale| td_string!(locale, discussion.reply_send)
                sent
            />
        </Dialog>
    }
}

#[component]
fn PostForm(
    open: Open,
    /// The post that is replied to.
    #[prop(optional)]
    to: Option<DiscussionPostId>,
    /// What is asked for.
    label: fn(Locale) -> &'static str,
    /// The words on the button.
    verb: fn(Locale) -> &'static str,
    /// Happens when it has been taken.
    sent: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let text = RwSignal::new(String::new());
    let post = move |text: String| NewPost { text, reply_to: to };
    let checked = Checked::new(move || post(text.get()).check().err().into_iter().collect());
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let (post, key, path) = (post(text.get_untracked()), key.get_value(), open.path());
        let sending = async move { client::create(actor, &path, &key, &post).await };
        checked.deed.run(sending, move |written: PostView| {
            toasts.done(t_string!(i18n, discussion.write_sent));
            sent.run(());
            open.add(written, to);
        });
    });
    // What was refused is another request once it is changed.
    Effect::watch(move || text.track(), move |_, _, _| key.set_value(idempotency_key()), false);
    let hint = Signal::derive(move || t_string!(i18n, discussion.write_hint, max = MAX_POST_CHARS));
    let id = if to.is_some() { "reply" } else { "post" };
    view! {
        <CheckedForm checked verb=words(verb) send>
            <Field id label=words(label) hint error=checked.error("/text")>
                <TextArea value=text rows=3 />
            </Field>
        </CheckedForm>
    }
}
