//! Who acts, and the proof that they may.

mod actor;
mod class_book;
mod owner_book;
mod permit;
mod place_book;
mod scope;

pub use actor::{Actor, ActorSource, Candidate, Entrant, MaybeActor, TokenHolder};
pub use class_book::{ClassBook, ClassRoll, ClassesOf, roll_of};
pub use owner_book::OwnerBook;
pub use permit::{Action, JobName, Permit, authorize, authorize_where_held};
pub use place_book::PlaceBook;
pub use scope::{Scope, lies_in};

/// Declares actions: `ActionName(Target) = Right`.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident($target:ty) = $right:ident;)*) => {$(
        $(#[$doc])*
        pub struct $name;

        impl $crate::access::Action for $name {
            type Target = $target;
            const RIGHT: shared::rights::Right = shared::rights::Right::$right;
        }
    )*};
}
pub(crate) use actions;
