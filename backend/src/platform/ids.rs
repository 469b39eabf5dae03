//! The source of ids, seeds and secrets, injected.

use rand::TryRng;
#[expect(clippy::disallowed_types, reason = "the one source of randomness")]
use rand::rngs::SysRng;
use uuid::Uuid;

/// Makes ids and random bytes.
pub trait IdSource: Send + Sync {
    /// A new id that sorts by time.
    fn uuid(&self) -> Uuid;
    /// Fills `bytes` with secrets from the operating system.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn IdSource + '_ {
    /// A new typed id.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        T::from(self.uuid())
    }

    /// `N` random bytes.
    pub fn secret<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A seed that fits a signed column and a JSON number (53 bits).
    pub fn seed(&self) -> u64 {
        u64::from_be_bytes(self.secret()) >> 11
    }
}

/// Version 7 ids and the operating system's randomness.
pub struct SystemIds;

impl IdSource for SystemIds {
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }

    #[expect(clippy::expect_used, reason = "without randomness nothing here is safe: stop")]
    fn fill(&self, bytes: &mut [u8]) {
        SysRng.try_fill_bytes(bytes).expect("the operating system gives random bytes");
    }
}
