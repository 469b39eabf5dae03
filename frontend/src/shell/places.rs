//! Where one can go, by role: the entries of the learner's bottom bar and of the staff's side bar.
//!
//! A page that people reach from everywhere gets one line here and one in `routes.rs`.

use crate::{
    i18n::{Locale, td_string},
    ui::Symbol,
};
use shared::rights::Role;

/// One entry.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    /// The path of its page.
    pub(crate) path: &'static str,
    /// Its picture.
    pub(crate) symbol: Symbol,
    /// Its name.
    pub(crate) name: fn(Locale) -> &'static str,
}

/// Entries that serve one kind of work.
#[derive(Clone)]
pub(crate) struct Group {
    /// The work; nameless at the top.
    pub(crate) name: Option<fn(Locale) -> &'static str>,
    /// What belongs to it.
    pub(crate) entries: Vec<Entry>,
}

/// The page where a learner begins.
pub(crate) const LEARN: &str = "/learn";
/// The page where staff begin.
pub(crate) const DESK: &str = "/desk";

/// The bottom bar: never more than four.
pub(crate) const LEARNER: [Entry; 4] = [
    Entry { path: LEARN, symbol: Symbol::Book, name: |locale| td_string!(locale, learning.my_title) },
    Entry { path: "/exams", symbol: Symbol::Pencil, name: |locale| td_string!(locale, sittings.my_title) },
    Entry { path: "/credits", symbol: Symbol::Medal, name: |locale| td_string!(locale, credit_bank.my_title) },
    ME,
];

const ME: Entry = Entry { path: "/me", symbol: Symbol::Person, name: |locale| td_string!(locale, common.account) };

/// An entry with the roles that it is for.
type Offer = (Entry, &'static [Role]);
/// A group's name and everything in it.
type Work = (fn(Locale) -> &'static str, &'static [Offer]);

/// The side bar for all roles together, in the order in which data flows.
const STAFF: &[Work] = &[
    (
        |locale| td_string!(locale, common.group_teaching),
        &[(
            Entry {
                path: "/authoring",
                symbol: Symbol::Book,
                name: |locale| td_string!(locale, learning.courses_title),
            },
            &[Role::Teacher],
        )],
    ),
    (
        |locale| td_string!(locale, common.group_items),
        &[
            (
                Entry { path: "/items", symbol: Symbol::Sheets, name: |locale| td_string!(locale, item_bank.title) },
                &[Role::ItemAuthor, Role::ItemReviewer, Role::ExamAdministrator],
            ),
            (
                Entry { path: "/papers", symbol: Symbol::Lock, name: |locale| td_string!(locale, papers.title) },
                &[Role::ExamAdministrator],
            ),
        ],
    ),
    (
        |locale| td_string!(locale, common.group_tests),
        &[
            (
                Entry {
                    path: "/exam_sessions",
                    symbol: Symbol::Calendar,
                    name: |locale| td_string!(locale, sittings.title),
                },
                &[Role::ExamAdministrator],
            ),
            (
                Entry { path: "/test_day", symbol: Symbol::Clock, name: |locale| td_string!(locale, delivery.title) },
                &[Role::ExamAdministrator, Role::Invigilator],
            ),
            (
                Entry { path: "/marking", symbol: Symbol::Pencil, name: |locale| td_string!(locale, marking.title) },
                &[Role::Marker],
            ),
            (
                Entry { path: "/releases", symbol: Symbol::Release, name: |locale| td_string!(locale, results.title) },
                &[Role::ExamAdministrator, Role::ProvinceOffice],
            ),
        ],
    ),
    (
        |locale| td_string!(locale, common.group_credit),
        &[
            (
                Entry {
                    path: "/certificates",
                    symbol: Symbol::Medal,
                    name: |locale| td_string!(locale, credit_bank.certificates_title),
                },
                &[Role::CreditBankOfficer],
            ),
            (
                Entry {
                    path: "/audit",
                    symbol: Symbol::Scale,
                    name: |locale| td_string!(locale, credit_bank.audit_title),
                },
                &[Role::CityAuditor],
            ),
        ],
    ),
];

/// Whether these roles hold no work but their own study.
pub(crate) fn is_learner_only(roles: &[Role]) -> bool {
    roles.iter().all(|role| *role == Role::Learner)
}

/// Where somebody with these roles begins.
pub(crate) fn home(roles: &[Role]) -> &'static str {
    if is_learner_only(roles) { LEARN } else { DESK }
}

/// The side bar of somebody with these roles.
pub(crate) fn side_bar(roles: &[Role]) -> Vec<Group> {
    let desk = Entry { path: DESK, symbol: Symbol::Desk, name: |locale| td_string!(locale, common.desk) };
    let mut groups = vec![Group { name: None, entries: vec![desk] }];
    for (name, offers) in STAFF {
        let entries: Vec<_> = offers
            .iter()
            .filter(|(_, offered_to)| offered_to.iter().any(|role| roles.contains(role)))
            .map(|(entry, _)| *entry)
            .collect();
        if !entries.is_empty() {
            groups.push(Group { name: Some(*name), entries });
        }
    }
    let own = if roles.contains(&Role::Learner) { LEARNER.to_vec() } else { vec![ME] };
    groups.push(Group { name: Some(|locale| td_string!(locale, common.group_own)), entries: own });
    groups
}

/// The name of the entry at this path.
pub(crate) fn name_at(path: &str) -> Option<fn(Locale) -> &'static str> {
    let staff = STAFF.iter().flat_map(|(_, offers)| offers.iter().map(|(entry, _)| entry));
    LEARNER.iter().chain(staff).find(|entry| entry.path == path).map(|entry| entry.name)
}
