//! How far a text has been read, from where it stands in the window.

/// A place counts as read once it was in view at so many looks in a row, one a second.
const LOOKS: usize = 3;

/// Where a text stands, in pixels of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// The upper edge; above the window if negative.
    pub(super) top: f64,
    /// How tall the text is.
    pub(super) height: f64,
    /// How tall the window is.
    pub(super) window: f64,
}

impl Place {
    /// How much of the text is in view or above it, in per cent.
    pub(super) fn seen_pct(self) -> u8 {
        if self.height < 1.0 {
            return 100;
        }
        let pct = (self.window - self.top) / self.height * 100.0;
        // The cast cuts off what is below 0; a pixel short of the end is the end.
        pct.round().min(100.0) as u8
    }

    /// How much of the text is above the window, in thousandths.
    pub(super) fn above_permille(self) -> u16 {
        if self.height < 1.0 { 0 } else { (-self.top / self.height * 1_000.0).clamp(0.0, 1_000.0) as u16 }
    }

    /// How far to scroll for so much of the text to be above the window.
    pub(super) fn way_to(self, permille: u16) -> f64 {
        self.top + self.height * f64::from(permille) / 1_000.0
    }
}

/// The last looks at a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gaze {
    seen: [u8; LOOKS],
    next: usize,
}

impl Gaze {
    /// Looks once more; says how far the text has stayed in view.
    pub(super) fn look(&mut self, seen_pct: u8) -> u8 {
        self.seen[self.next] = seen_pct;
        self.next = (self.next + 1) % LOOKS;
        self.seen.into_iter().min().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(top: f64) -> Place {
        Place { top, height: 2_000.0, window: 800.0 }
    }

    #[test]
    fn what_was_in_view_counts_from_the_top() {
        assert_eq!(place(0.0).seen_pct(), 40);
        assert_eq!(place(-1_200.4).seen_pct(), 100);
        assert_eq!(place(900.0).seen_pct(), 0);
        assert_eq!(Place { top: 100.0, height: 300.0, window: 800.0 }.seen_pct(), 100);
    }

    #[test]
    fn scrolling_past_is_not_reading() {
        let mut gaze = Gaze::default();
        let read: Vec<u8> = [40, 100, 40, 60, 60, 60].map(|seen| gaze.look(seen)).to_vec();
        assert_eq!(read, [0, 0, 40, 40, 40, 60]);
    }

    #[test]
    fn a_remembered_place_is_found_again() {
        let above = place(-500.0).above_permille();
        assert_eq!((above, place(0.0).way_to(above) as i32), (250, 500));
    }
}
