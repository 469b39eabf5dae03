//! Finding a record right or wrong, and taking back what was recorded by mistake.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{actor::Actor, client, deed::Deed},
    ui::{DeedFailure, Dialog, Look, Toasts, focus_on},
};
use leptos::prelude::*;
use serde_json::Value;
use shared::{
    ids::AccountId,
    people::check_reason,
    teaching::{SkillCertificateView, SkillCheck, SkillHands, SkillState, SkillTrainingView, SkillWithdrawal},
};

/// One record, as far as something can be done with it.
#[derive(Clone)]
pub(super) struct Act {
    /// Its address in the API.
    path: String,
    /// What it is for.
    pub(super) name: String,
    hands: SkillHands,
    state: SkillState,
}

impl Act {
    pub(super) fn of_training(training: &SkillTrainingView) -> Self {
        Self {
            path: format!("/skill_trainings/{}", training.id),
            name: training.entry.occupation.clone(),
            hands: SkillHands { recorded_by: training.recorded_by, checked_by: training.checked_by },
            state: training.state,
        }
    }

    pub(super) fn of_certificate(certificate: &SkillCertificateView) -> Self {
        Self {
            path: format!("/skill_certificates/{}", certificate.id),
            name: certificate.entry.occupation.clone(),
            hands: SkillHands { recorded_by: certificate.recorded_by, checked_by: certificate.checked_by },
            state: certificate.state,
        }
    }

    /// Whether somebody still has to find it right.
    pub(super) fn waits_for_check(&self) -> bool {
        self.state.is_to_check()
    }

    /// Whether somebody recorded it.
    pub(super) fn is_recorded_by(&self, somebody: AccountId) -> bool {
        self.hands.recorded_by == somebody
    }

    /// Whether somebody had a hand in it, so that another has to check it.
    pub(super) fn is_touched_by(&self, somebody: AccountId) -> bool {
        !self.hands.are_free_of(somebody)
    }

    /// Whether the reader may take it back, who recorded it or did not.
    pub(super) fn may_be_withdrawn(&self, is_own: bool) -> bool {
        self.state.stands() && !(is_own && self.state == SkillState::Verified)
    }
}

/// What is asked for a reason.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It is not right.
    Refuse,
    /// It was recorded by mistake.
    Withdraw,
}

/// The deeds of the page.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    actor: Actor,
    toasts: Toasts,
    done: Signal<String>,
    pub(super) deed: Deed,
    asked: RwSignal<Option<(Kind, Act)>>,
    is_open: RwSignal<bool>,
    reload: Callback<()>,
}

impl Acts {
    pub(super) fn new(reload: Callback<()>) -> Self {
        Self {
            actor: expect_context::<Actor>(),
            toasts: expect_context::<Toasts>(),
            done: words(|locale| td_string!(locale, common.done)),
            deed: Deed::new(),
            asked: RwSignal::new(None),
            is_open: RwSignal::new(false),
            reload,
        }
    }

    /// Asks why.
    pub(super) fn ask(self, kind: Kind, act: Act) {
        self.asked.set(Some((kind, act)));
        self.is_open.set(true);
    }

    /// Finds a record right.
    pub(super) fn find_right(self, act: Act) {
        let check = SkillCheck { is_right: true, reason: String::new() };
        let path = format!("{}/check", act.path);
        let checking = async move { client::post::<_, Value>(self.actor, &path, &check).await };
        self.deed.run(checking, move |_| self.end());
    }

    fn end(self) {
        self.is_open.set(false);
        self.toasts.done(self.done.get_untracked());
        // The button goes away, and the focus must not go with it.
        focus_on("h1");
        self.reload.run(());
    }
}

/// Where reasons are asked for; the page has one.
#[component]
pub(super) fn ActDialogs(acts: Acts) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || match acts.asked.get() {
        Some((Kind::Withdraw, _)) => t_string!(i18n, classes.withdraw_title).to_owned(),
        _ => t_string!(i18n, classes.refuse_title).to_owned(),
    };
    view! {
        <DeedFailure deed=acts.deed />
        <Dialog is_open=acts.is_open title=Signal::derive(title)>
            {move || acts.asked.get().map(|(kind, act)| view! { <Why acts kind act /> })}
        </Dialog>
    }
}

#[component]
fn Why(acts: Acts, kind: Kind, act: Act) -> impl IntoView {
    let i18n = use_i18n();
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let (path, actor) = (act.path, acts.actor);
    let send = Callback::new(move |()| {
        let (path, reason) = (path.clone(), reason.get_untracked());
        let sending = async move {
            match kind {
                Kind::Refuse => {
                    let check = SkillCheck { is_right: false, reason };
                    client::post::<_, Value>(actor, &format!("{path}/check"), &check).await
                }
                Kind::Withdraw => client::post(actor, &format!("{path}/withdraw"), &SkillWithdrawal { reason }).await,
            }
        };
        checked.deed.run(sending, move |_| acts.end());
    });
    let verb = Signal::derive(move || match kind {
        Kind::Refuse => t_string!(i18n, classes.find_wrong).to_owned(),
        Kind::Withdraw => t_string!(i18n, classes.withdraw_record).to_owned(),
    });
    view! {
        <p><b>{act.name}</b></p>
        {(kind == Kind::Withdraw).then(|| view! { <p>{t!(i18n, classes.withdraw_about)}</p> })}
        <CheckedForm checked look=Look::Danger verb send>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}
