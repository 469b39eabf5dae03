//! Where a draft stands with the server, and what is sent to it next.

/// Where the draft stands with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Saving {
    /// The server has it.
    Saved,
    /// Changed since.
    Unsaved,
    /// On its way.
    Under,
    /// Somebody else has saved; ours stays on the page.
    Conflict,
    /// Did not arrive; tried again.
    Failed,
}

impl Saving {
    /// Where it stands once its author has changed it: what is on its way arrives before anything newer goes, and a
    /// conflict is ended by its author alone.
    pub(super) fn touched(self) -> Self {
        match self {
            Self::Under | Self::Conflict => self,
            Self::Saved | Self::Unsaved | Self::Failed => Self::Unsaved,
        }
    }
}

/// What the server has been sent, and over which version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sent<T> {
    /// The version that the server gave last, as `If-Match` says it.
    version: String,
    /// What was sent over it and not answered, and how many changes it held. The server may have it.
    unanswered: Option<(u32, T)>,
}

impl<T: Clone> Sent<T> {
    /// Nothing yet, over what was read.
    pub(super) fn over(version: String) -> Self {
        Self { version, unanswered: None }
    }

    /// The version that the server gave last.
    pub(super) fn version(&self) -> &str {
        &self.version
    }

    /// What goes now: what was not answered goes once more as it was, so that the server knows it again; else what is
    /// written.
    pub(super) fn next(&mut self, changes: u32, written: &T) -> (u32, T) {
        self.unanswered.get_or_insert_with(|| (changes, written.clone())).clone()
    }

    /// The server has it, and gives it this version.
    pub(super) fn arrived(&mut self, version: i32) {
        *self = Self::over(format!("\"{version}\""));
    }

    /// The server has answered and does not take it.
    pub(super) fn refused(&mut self) {
        self.unanswered = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_writes_on_does_not_overtake_what_is_on_its_way() {
        assert_eq!(Saving::Under.touched(), Saving::Under);
        assert_eq!(Saving::Conflict.touched(), Saving::Conflict);
        for saving in [Saving::Saved, Saving::Unsaved, Saving::Failed] {
            assert_eq!(saving.touched(), Saving::Unsaved);
        }
    }

    #[test]
    fn what_was_not_answered_goes_once_more_before_anything_newer() {
        let mut sent = Sent::over("\"1\"".to_owned());
        assert_eq!(sent.next(1, &"a"), (1, "a"));
        assert_eq!((sent.next(2, &"ab"), sent.version()), ((1, "a"), "\"1\""));
        sent.arrived(2);
        assert_eq!((sent.next(2, &"ab"), sent.version()), ((2, "ab"), "\"2\""));
        sent.refused();
        assert_eq!((sent.next(3, &"abc"), sent.version()), ((3, "abc"), "\"2\""));
    }
}
