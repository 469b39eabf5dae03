//! Reminders of learners who are away or stuck: one, or all who are away at one press; and who reminded them last.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        clock,
        deed::Deed,
        when,
    },
    ui::{Button, ConfirmDialog, DeedFailure, Look, Toasts, focus_on},
};
use leptos::prelude::*;
use leptos_i18n::I18nContext;
use shared::{
    ids::{AccountId, ClassId},
    learning::{LastReminder, LearnerStudy, NewReminders, ReminderCause, RemindersSent, may_remind},
};

/// Where reminders go, and what happens afterwards.
#[derive(Clone, Copy)]
pub(super) struct Sending {
    class_id: ClassId,
    again: Callback<()>,
    actor: Actor,
    toasts: Toasts,
    i18n: I18nContext<Locale>,
}

impl Sending {
    /// To learners of this class; `again` happens when some were sent.
    pub(super) fn to(class_id: ClassId, again: Callback<()>) -> Self {
        let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
        Self { class_id, again, actor, toasts, i18n: use_i18n() }
    }

    /// Sends reminders, and says how many there were.
    fn send(self, deed: Deed, (key, learner): (String, Option<AccountId>)) {
        let Self { actor, toasts, i18n, .. } = self;
        let path = format!("/classes/{}/reminders", self.class_id);
        let sending = async move { client::create(actor, &path, &key, &NewReminders { learner }).await };
        deed.run(sending, move |sent: RemindersSent| {
            let RemindersSent { reminded, texted, .. } = sent;
            toasts.done(t_string!(i18n, classes.reminded, count = reminded, texts = texted));
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            self.again.run(());
        });
    }
}

/// What a learner may be reminded of now.
fn due(learner: &LearnerStudy) -> Option<ReminderCause> {
    let last_at = learner.last_reminder.as_ref().map(|last| last.at);
    learner.reminder_cause().filter(|_| may_remind(last_at, clock::now()).is_ok())
}

/// The button that reminds everybody who is away; nothing while nobody is due.
#[component]
pub(super) fn RemindAll(
    /// Everybody in the class.
    learners: Vec<LearnerStudy>,
    /// Where they go.
    sending: Sending,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_away = |learner: &&LearnerStudy| matches!(due(learner), Some(ReminderCause::Away { .. }));
    let due = learners.iter().filter(is_away).count();
    (due > 0).then(|| {
        let (deed, is_asking, key) = (Deed::new(), RwSignal::new(false), StoredValue::new(idempotency_key()));
        let about = Signal::derive(move || t_string!(i18n, classes.remind_all_about, count = due));
        view! {
            <div class="row">
                <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                    {t!(i18n, classes.remind_all, count = due)}
                </Button>
            </div>
            <DeedFailure deed />
            <ConfirmDialog
                is_open=is_asking
                title=words(|locale| td_string!(locale, classes.remind_title))
                text=about
                confirm=words(|locale| td_string!(locale, classes.remind))
                on_confirm=move |()| sending.send(deed, (key.get_value(), None))
            />
        }
    })
}

/// The button that reminds one learner who is away or stuck, unless somebody has of late.
#[component]
pub(super) fn RemindOne(
    /// The learner.
    learner: LearnerStudy,
    /// Where it goes.
    sending: Sending,
) -> impl IntoView {
    let i18n = use_i18n();
    let due = due(&learner);
    let LearnerStudy { account_id, display_name: name, .. } = learner;
    due.map(|cause| {
        let verb = move || match cause {
            ReminderCause::Away { .. } => t_string!(i18n, classes.remind),
            ReminderCause::Stuck { .. } => t_string!(i18n, classes.remind_stuck),
        };
        let (deed, key) = (Deed::new(), StoredValue::new(idempotency_key()));
        view! {
            <div>
                <Button
                    is_busy=deed.is_busy()
                    on_press=move |()| sending.send(deed, (key.get_value(), Some(account_id)))
                >
                    {verb}
                    <span class="visually-hidden">" " {name}</span>
                </Button>
                <DeedFailure deed />
            </div>
        }
    })
}

/// When somebody was reminded last, by whom, and whether they have read it.
#[component]
pub(in crate::pages::teaching) fn Reminded(
    /// The reminder.
    last: LastReminder,
) -> impl IntoView {
    let i18n = use_i18n();
    let LastReminder { at, by_name, read_at } = last;
    let read = move || match read_at {
        Some(at) => t_string!(i18n, classes.reminder_read, day = when::date(i18n.get_locale(), at)),
        None => t_string!(i18n, classes.reminder_unread).to_owned(),
    };
    let sent = move || {
        let at = when::date_time(i18n.get_locale(), at);
        t_string!(i18n, classes.last_reminder, by = by_name.clone(), at = at)
    };
    view! { <p class="muted small num">{sent} " " {read}</p> }
}
