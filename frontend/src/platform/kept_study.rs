//! How many records of study this browser was given to keep until the server has them: known still when the browser has
//! thrown its database away, so that their learner is told.

use super::keep;
use shared::ids::AccountId;

/// What was given to the browser, and what it threw away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kept {
    given: usize,
    lost: usize,
}

impl Kept {
    fn of(account: AccountId) -> Self {
        let number =
            |name: String| -> usize { keep::get(&name).and_then(|kept| kept.parse().ok()).unwrap_or_default() };
        Self { given: number(given_name(account)), lost: number(lost_name(account)) }
    }

    fn keep(self, account: AccountId) {
        let number = |count: usize| (count > 0).then(|| count.to_string());
        keep::set(&given_name(account), number(self.given).as_deref());
        keep::set(&lost_name(account), number(self.lost).as_deref());
    }

    /// What is so once the database was looked at.
    const fn looked_at(self, is_there: bool) -> Self {
        match is_there {
            true => self,
            false => Self { given: 0, lost: self.lost.saturating_add(self.given) },
        }
    }
}

fn given_name(account: AccountId) -> String {
    format!("study_of:{account}")
}

fn lost_name(account: AccountId) -> String {
    format!("lost_study_of:{account}")
}

/// Remembers how many wait now.
pub fn set_count(account: AccountId, count: usize) {
    Kept { given: count, ..Kept::of(account) }.keep(account);
}

/// Notes whether the database still is the one that they were given to.
pub fn look(account: AccountId, is_there: bool) {
    let before = Kept::of(account);
    let now = before.looked_at(is_there);
    if now != before {
        now.keep(account);
    }
}

/// How many the browser threw away that their learner was not told of.
pub fn lost(account: AccountId) -> usize {
    Kept::of(account).lost
}

/// The learner was told.
pub fn forget_lost(account: AccountId) {
    Kept { lost: 0, ..Kept::of(account) }.keep(account);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_threw_away_is_lost_once() {
        let kept = Kept { given: 2, lost: 1 };
        assert_eq!(kept.looked_at(true), kept);
        let after = kept.looked_at(false);
        assert_eq!(after, Kept { given: 0, lost: 3 });
        assert_eq!(after.looked_at(false), after, "however often it is looked at");
        let nothing = Kept { given: 0, lost: 0 };
        assert_eq!(nothing.looked_at(false), nothing, "nothing was given to it");
    }
}
