//! What a learner gets when a record is approved: a number, and an account that waits for its owner.

use super::{entity::student_record, rows::level_of, store};
use crate::{
    identity::{self, NewAccount},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
    },
};
use actix_web::web::block;
use shared::{
    enrolment::LearnerNumber,
    ids::AccountId,
    organisation::DivisionCode,
    rights::{Place, Role, RoleAt},
};

/// An account to be opened, whose password nobody knows.
pub(super) struct OpenAccount {
    id: AccountId,
    password_hash: String,
}

/// Prepares an account. It takes as long as a log-in, so no write waits for it.
pub(super) async fn prepare(cx: &Services) -> AppResult<OpenAccount> {
    let (services, nobodys) = (cx.clone(), hex::encode(cx.ids.secret::<32>()));
    let hash = block(move || identity::hash_for(&services, &nobodys)).await.map_err(AppError::internal)?;
    Ok(OpenAccount { id: cx.ids.new_id(), password_hash: hash? })
}

/// Gives a record its number and its account, where it has none. A person learns by one account,
/// whatever records they have; somebody who comes again keeps their number.
pub(super) async fn register(
    cx: &Services,
    tx: &Tx,
    row: &mut student_record::Model,
    account: Option<&OpenAccount>,
) -> AppResult<()> {
    let number = match row.learner_number.take() {
        Some(number) => number,
        None => next_number(tx, row).await?,
    };
    if row.account_id.is_none() {
        let earlier = store::list_of_person(tx.conn(), row.person_id).await?;
        row.account_id = earlier.into_iter().find_map(|earlier| earlier.account_id);
    }
    if row.account_id.is_none() {
        let account = account.ok_or_else(|| AppError::internal("no account was prepared"))?;
        open(cx, tx, account, &row.name, &number).await?;
        row.account_id = Some(account.id);
    }
    tx.note("learner_number", number.clone());
    row.learner_number = Some(number);
    Ok(())
}

async fn open(cx: &Services, tx: &Tx, account: &OpenAccount, name: &str, number: &str) -> AppResult<()> {
    let new = NewAccount {
        id: account.id,
        login_name: number.to_owned(),
        display_name: name.to_owned(),
        password_hash: account.password_hash.clone(),
        // Two persons of two offices have compared the person with their papers.
        identity_verified_at: Some(tx.now()),
    };
    identity::create_account(tx, new).await?;
    let own = RoleAt { role: Role::Learner, place: Place::Own { account: account.id } };
    identity::grant_role(cx, tx, account.id, &own).await
}

/// The next number of this year, county and level. The county is the school's; of a school that serves
/// a whole city, the learner's.
async fn next_number(tx: &Tx, row: &student_record::Model) -> AppResult<String> {
    let level = level_of(row)?;
    let year = tx.now().date_in_china().year();
    let county = |code: &str| DivisionCode::parse(code).and_then(DivisionCode::county);
    let county = county(&row.division).or_else(|| county(&row.residence_division));
    let county = county.ok_or_else(|| AppError::internal("a record without a county"))?;
    let serial = store::next_serial(tx.conn(), &format!("{year} {county} {level}")).await?;
    let serial = u32::try_from(serial).map_err(AppError::internal)?;
    let number = LearnerNumber::build(year, county, level, serial);
    number.map(|number| number.to_string()).ok_or_else(|| AppError::internal("the numbers of a county are used up"))
}
