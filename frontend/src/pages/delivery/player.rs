//! The player on the screen: head, news, one item, the answer sheet.

use super::{
    announcement::TakeOver,
    answer_sheet::AnswerSheet,
    driver::{Driver, Halt},
    item::Item,
    part_time::{PartClosed, PartTime},
    receipt::Over,
    save_answers::SaveAnswers,
    text_size::{TextSize, TextSizeButtons},
    tools::Tools,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::client::ApiError,
    ui::{ButtonLink, FailureNotice, PageHeading, Timer},
};
use leptos::prelude::*;
use shared::{
    delivery::{JournalEntry, Phase, PlayerState, Receipt, RoomAnnouncement},
    problem::ProblemCode,
};
use std::rc::Rc;

/// Announcements that are shown at once.
const SHOWN: usize = 3;

/// The driver, as components pass it on.
#[derive(Clone, Copy)]
pub(super) struct Exam(StoredValue<Rc<Driver>, LocalStorage>);

impl Exam {
    /// The driver itself.
    pub(super) fn driver(self) -> Rc<Driver> {
        self.0.get_value()
    }

    /// Whether answers can be changed.
    pub(super) fn is_working(self) -> bool {
        let driver = self.driver();
        driver.player(|player| *player.phase() == Phase::Working) && !driver.halt(Halt::is_halted)
    }

    /// The place of the item that is shown.
    pub(super) fn current(self) -> usize {
        self.driver().player(PlayerState::current)
    }
}

/// Shows a sitting that is going on, and its receipt in the end.
#[component]
pub(super) fn Player(
    /// Drives it.
    driver: Rc<Driver>,
    /// Goes the way again; true takes the sitting over.
    begin: Callback<bool>,
) -> impl IntoView {
    let exam = Exam(StoredValue::new_local(driver));
    on_cleanup(move || exam.0.with_value(Driver::leave));
    let receipt = Memo::new(move |_| receipt(exam));
    let is_answered = Memo::new(move |_| exam.driver().is_answered());
    Effect::new(move |_| {
        if is_answered.get() {
            begin.run(false);
        }
    });
    move || match receipt.get() {
        Some((receipt, left)) => {
            let known = exam.driver().view(Clone::clone);
            view! { <Over view=Signal::stored(Some(known)) receipt left /> }.into_any()
        }
        None => view! { <Sheet exam begin /> }.into_any(),
    }
}

fn receipt(exam: Exam) -> Option<(Receipt, Vec<JournalEntry>)> {
    exam.driver().player(|player| match player.phase() {
        Phase::Closed { receipt: Some(receipt) } => Some((receipt.clone(), player.kept_here())),
        _ => None,
    })
}

#[component]
fn Sheet(exam: Exam, begin: Callback<bool>) -> impl IntoView {
    let current = Memo::new(move |_| exam.current());
    let shown_before = StoredValue::new(false);
    let size = TextSize::kept(exam.driver().view(|view| view.needs_large_print));
    let tools = exam.driver().tools();
    view! {
        <div class="exam" data-text-size=move || size.step()>
            <Head exam />
            <TextSizeButtons size />
            <main class="exam-item stack">
                <News exam begin />
                <Announcements exam />
                <LeftPage exam />
                <PartClosed exam />
                {move || {
                    let place = current.get();
                    let takes_focus = shown_before.get_value();
                    shown_before.set_value(true);
                    view! { <Item exam place takes_focus /> }
                }}
            </main>
            <div class="exam-side stack">
                <Tools tools />
                <AnswerSheet exam />
            </div>
        </div>
    }
}

/// What is sat, by whom, and the time left.
#[component]
fn Head(exam: Exam) -> impl IntoView {
    let i18n = use_i18n();
    let driver = exam.driver();
    let (title, name, ticket) =
        driver.view(|view| (view.title.clone(), view.candidate_name.clone(), view.ticket_number.clone()));
    // Whoever hears the page is told of another end, as whoever sees it is.
    let ends = move || {
        let at = exam.driver().player(PlayerState::deadline).in_china();
        t_string!(i18n, delivery.ends, time = format!("{:02}:{:02}", at.hour(), at.minute()))
    };
    view! {
        <header class="exam-head">
            <div>
                <PageHeading text=Signal::stored(title) />
                <p class="muted small">{name} " · " {t!(i18n, delivery.ticket)} " " <span class="num">{ticket}</span></p>
                <Return exam />
            </div>
            <div class="exam-time">
                <Timer
                    left_s=Signal::derive(move || exam.driver().left_s())
                    label=Signal::derive(move || t_string!(i18n, delivery.time_left).to_owned())
                />
                <p class="muted small num" role="status">{ends}</p>
                <PartTime exam />
            </div>
        </header>
    }
}

/// How the server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// As ever.
    There,
    /// Not.
    Away,
    /// Again.
    Back,
}

/// Tells who hears the page that the server is reached again; who sees it sees the news of its absence go.
#[component]
fn Return(exam: Exam) -> impl IntoView {
    let i18n = use_i18n();
    let reach =
        Memo::new(move |before: Option<&Reach>| match (exam.driver().player(PlayerState::is_offline), before) {
            (true, _) => Reach::Away,
            (false, Some(Reach::Away | Reach::Back)) => Reach::Back,
            (false, Some(Reach::There) | None) => Reach::There,
        });
    view! {
        <p class="visually-hidden" role="status">
            {move || (reach.get() == Reach::Back).then(|| t_string!(i18n, delivery.back_online))}
        </p>
    }
}

/// What the candidate must know now; the most pressing alone.
#[derive(Clone, Debug, PartialEq)]
enum Tidings {
    DiskFails,
    TakenOver { left: usize },
    Closing { by_candidate: bool, unsent: usize },
    ClosingOffline { unsent: usize },
    Closed { unsent: usize },
    LogInAgain { unsent: usize },
    Refused(ApiError),
    OnPaper,
    Paused,
    Offline { unsent: usize },
    TooLong,
    Nothing,
}

impl Tidings {
    /// Whether something may never come to the server from this device by itself.
    fn is_stranded(&self) -> bool {
        match self {
            Self::DiskFails => true,
            Self::TakenOver { left: unsent } | Self::Closed { unsent } | Self::ClosingOffline { unsent } => *unsent > 0,
            _ => false,
        }
    }
}

fn tidings(exam: Exam) -> Tidings {
    let driver = exam.driver();
    let unsent = driver.unsent();
    let trouble = driver.trouble();
    let (phase, is_disk_failing, is_offline, left) = driver.player(|player| {
        let left = player.only_here();
        (player.phase().clone(), player.is_disk_failing(), player.is_offline(), left)
    });
    match (phase, trouble) {
        _ if is_disk_failing => Tidings::DiskFails,
        (Phase::TakenOver { .. }, _) => Tidings::TakenOver { left },
        (Phase::Closed { .. }, _) => Tidings::Closed { unsent: left },
        (_, Some(failure)) if failure.code() == Some(ProblemCode::Unauthenticated) => Tidings::LogInAgain { unsent },
        (_, Some(failure @ ApiError::Problem(_))) => Tidings::Refused(failure),
        (Phase::Submitting { by_candidate }, _) if !is_offline => Tidings::Closing { by_candidate, unsent },
        (Phase::Submitting { .. }, _) => Tidings::ClosingOffline { unsent },
        _ if driver.halt(|halt| halt.is_on_paper) => Tidings::OnPaper,
        _ if driver.halt(|halt| halt.paused_at.is_some()) => Tidings::Paused,
        _ if is_offline => Tidings::Offline { unsent },
        _ if driver.is_too_long() => Tidings::TooLong,
        _ => Tidings::Nothing,
    }
}

/// Calm and true.
#[component]
fn News(exam: Exam, begin: Callback<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let tidings = Memo::new(move |_| tidings(exam));
    let log_in = format!("/login?next=/sittings/{}", exam.driver().id());
    let words = move || match tidings.get() {
        Tidings::Nothing => ().into_any(),
        Tidings::DiskFails => view! { <p class="notice stop">{t!(i18n, delivery.disk_fails)}</p> }.into_any(),
        Tidings::TooLong => view! { <p class="notice stop">{t!(i18n, delivery.too_long)}</p> }.into_any(),
        Tidings::OnPaper => view! { <p class="notice stop">{t!(i18n, delivery.on_paper)}</p> }.into_any(),
        Tidings::Paused => view! { <p class="notice stop">{t!(i18n, delivery.paused)}</p> }.into_any(),
        Tidings::Offline { unsent } => {
            view! { <p class="notice wait">{t!(i18n, delivery.offline, count = unsent)}</p> }.into_any()
        }
        Tidings::ClosingOffline { unsent } => {
            view! { <p class="notice stop">{t!(i18n, delivery.closing_offline, count = unsent)}</p> }.into_any()
        }
        Tidings::Closing { by_candidate, unsent } => view! {
            <p class="notice wait">
                {if by_candidate {
                    t!(i18n, delivery.submitting, count = unsent).into_any()
                } else {
                    t!(i18n, delivery.time_up, count = unsent).into_any()
                }}
            </p>
        }
        .into_any(),
        Tidings::Closed { unsent } => view! {
            <p class="notice wait">{t!(i18n, delivery.closed)}</p>
            {(unsent > 0).then(|| view! {
                <p class="notice stop">{t!(i18n, delivery.left_on_device, count = unsent)}</p>
            })}
        }
        .into_any(),
        Tidings::TakenOver { left } => view! {
            <div class="notice stop stack">
                <p>{t!(i18n, delivery.taken_over)}</p>
                {(left > 0).then(|| view! { <p>{t!(i18n, delivery.left_behind, count = left)}</p> })}
                <TakeOver begin />
            </div>
        }
        .into_any(),
        Tidings::LogInAgain { unsent } => view! {
            <div class="notice stop stack">
                <p>{t!(i18n, delivery.log_in_again, count = unsent)}</p>
                <ButtonLink href=log_in.clone()>{t!(i18n, delivery.log_in)}</ButtonLink>
            </div>
        }
        .into_any(),
        Tidings::Refused(failure) => view! {
            <FailureNotice failure />
            <p class="notice wait">{t!(i18n, delivery.refused)}</p>
        }
        .into_any(),
    };
    let is_stranded = Memo::new(move |_| tidings.with(Tidings::is_stranded));
    view! {
        <div class="exam-news stack" role="status">{words}</div>
        <Show when=move || is_stranded.get()>
            <SaveAnswers
                view=Signal::stored(Some(exam.driver().view(Clone::clone)))
                entries=Callback::new(move |()| exam.driver().player(PlayerState::kept_here))
            />
        </Show>
    }
}

/// What those who watch the room have said, the last first.
#[component]
fn Announcements(exam: Exam) -> impl IntoView {
    let i18n = use_i18n();
    let said = Memo::new(move |_| exam.driver().halt(|halt| halt.announcements.clone()));
    let one = move |said: RoomAnnouncement| {
        view! { <p class="notice wait">{t!(i18n, delivery.announcement, text = said.text)}</p> }
    };
    view! {
        <div class="exam-news stack" role="status">
            {move || said.get().into_iter().take(SHOWN).map(one).collect_view()}
        </div>
    }
}

/// Tells who left the page and came back that it was recorded, where the test wants that.
#[component]
fn LeftPage(exam: Exam) -> impl IntoView {
    let i18n = use_i18n();
    let policy = exam.driver().view(|view| view.focus_policy);
    let count = Memo::new(move |_| exam.driver().left_page());
    let words = move || match count.get() {
        0 => None,
        count if policy.tells(count) => Some(t_string!(i18n, delivery.left_page_told, count = count)),
        count => Some(t_string!(i18n, delivery.left_page, count = count)),
    };
    policy.warns().then(|| {
        view! {
            <div class="exam-news stack" role="status">
                {move || words().map(|words| view! { <p class="notice wait">{words}</p> })}
            </div>
        }
    })
}
