//! What learners were trained in and which certificates prove it (DOMAIN §1.6, §8).

use crate::{
    ids::{AccountId, SkillCertificateId},
    problem::{ProblemCode, Refusal},
    rights::text_enum,
};
use std::{cmp::Reverse, collections::BTreeMap};

text_enum! {
    /// Kinds of certificates that prove a skill.
    CertificateKind {
        /// 职业资格证书.
        VocationalQualification = "vocational_qualification",
        /// 职业技能等级证书.
        SkillLevelCertificate = "skill_level_certificate",
        /// 专项职业能力证书; counts as the lowest level.
        SpecialSkillCertificate = "special_skill_certificate",
        /// 农业绿色证书; counts as the lowest level.
        GreenCertificate = "green_certificate",
        /// 特种作业操作证, in some towns.
        SpecialOperationPermit = "special_operation_permit",
        /// 机动车驾驶证, in some towns.
        DrivingLicence = "driving_licence",
        /// 其他: named in free words.
        Other = "other",
    }
}

impl CertificateKind {
    /// Whether certificates of this kind say a level.
    #[must_use]
    pub const fn has_level(self) -> bool {
        matches!(self, Self::VocationalQualification | Self::SkillLevelCertificate)
    }
}

text_enum! {
    /// How high a certificate is, ascending.
    SkillLevel {
        /// 初级工, level 5.
        Junior = "junior",
        /// 中级工, level 4.
        Intermediate = "intermediate",
        /// 高级工, level 3.
        Senior = "senior",
        /// 技师, level 2.
        Technician = "technician",
        /// 高级技师, level 1.
        SeniorTechnician = "senior_technician",
    }
}

text_enum! {
    /// Whose department a training belongs to.
    SkillDepartment {
        /// 教育.
        Education = "education",
        /// 人社.
        HumanResources = "human_resources",
        /// 农业农村.
        Agriculture = "agriculture",
        /// 工会.
        TradeUnion = "trade_union",
        /// 其他部门.
        Other = "other",
    }
}

text_enum! {
    /// Where what is recorded of a skill comes from.
    SkillSource {
        /// 学校登记.
        School = "school",
        /// 本人提供.
        Learner = "learner",
        /// 部门数据.
        Department = "department",
    }
}

impl SkillSource {
    /// Where it comes from unless told.
    #[must_use]
    pub const fn usual() -> Self {
        Self::School
    }
}

text_enum! {
    /// Where a training or certificate stands.
    SkillState {
        /// 待初核: recorded.
        Claimed = "claimed",
        /// 待复核: a second person found it right.
        Checked = "checked",
        /// 已核验: a third person found it right, too.
        Verified = "verified",
        /// 未通过.
        Refused = "refused",
        /// 已作废: it was recorded by mistake.
        Withdrawn = "withdrawn",
    }
}

impl SkillState {
    /// Whether a record in this state is one: a certificate that is has its number for itself.
    #[must_use]
    pub const fn stands(self) -> bool {
        matches!(self, Self::Claimed | Self::Checked | Self::Verified)
    }

    /// Whether somebody still has to find the record right.
    #[must_use]
    pub const fn is_to_check(self) -> bool {
        matches!(self, Self::Claimed | Self::Checked)
    }
}

/// Why a record is not checked, or not withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SkillRefusal {
    /// It was checked before.
    #[error("the record is {state}")]
    Checked {
        /// Where it stands.
        state: SkillState,
    },
    /// Somebody found it right with the photo that it had.
    #[error("the photo belongs to a record that is {state}")]
    PhotoChecked {
        /// Where it stands.
        state: SkillState,
    },
    /// Who recorded it may not check it, nor withdraw what was verified; who checked it may not verify it.
    #[error("a second person is needed")]
    SecondPersonNeeded,
    /// It counts for nothing any more.
    #[error("the record does not stand: {state}")]
    NotStanding {
        /// Where it stands.
        state: SkillState,
    },
}

impl Refusal for SkillRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::Checked { .. } | Self::PhotoChecked { .. } | Self::NotStanding { .. } => ProblemCode::WrongState,
            Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::Checked { .. } => "wrong-state.skill-checked",
            Self::PhotoChecked { .. } => "wrong-state.skill-photo-checked",
            Self::SecondPersonNeeded => "second-person-needed",
            Self::NotStanding { .. } => "wrong-state.skill-not-standing",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Checked { state } | Self::PhotoChecked { state } | Self::NotStanding { state } => {
                serde_json::json!({ "state": state })
            }
            Self::SecondPersonNeeded => serde_json::Value::Null,
        }
    }
}

/// Who had a hand in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkillHands {
    /// Who recorded it.
    pub recorded_by: AccountId,
    /// Who was the first to find it right.
    pub checked_by: Option<AccountId>,
}

impl SkillHands {
    /// Whether somebody has none in it.
    #[must_use]
    pub fn are_free_of(&self, somebody: AccountId) -> bool {
        self.recorded_by != somebody && self.checked_by != Some(somebody)
    }
}

/// Where a record goes in which these had a hand and that `by` checks: two others than who recorded it find it right,
/// one after the other.
///
/// # Errors
/// [`SkillRefusal`].
pub fn judge_skill_check(
    state: SkillState,
    hands: SkillHands,
    by: AccountId,
    is_right: bool,
) -> Result<SkillState, SkillRefusal> {
    match state {
        SkillState::Claimed | SkillState::Checked if !hands.are_free_of(by) => Err(SkillRefusal::SecondPersonNeeded),
        SkillState::Claimed if is_right => Ok(SkillState::Checked),
        SkillState::Checked if is_right => Ok(SkillState::Verified),
        SkillState::Claimed | SkillState::Checked => Ok(SkillState::Refused),
        SkillState::Verified | SkillState::Refused => Err(SkillRefusal::Checked { state }),
        SkillState::Withdrawn => Err(SkillRefusal::NotStanding { state }),
    }
}

/// Where a record goes that `recorded_by` made by mistake and `by` takes back. What was verified is not taken back by
/// who recorded it.
///
/// # Errors
/// [`SkillRefusal`].
pub fn judge_skill_withdrawal(
    state: SkillState,
    recorded_by: AccountId,
    by: AccountId,
) -> Result<SkillState, SkillRefusal> {
    match state {
        SkillState::Verified if recorded_by == by => Err(SkillRefusal::SecondPersonNeeded),
        SkillState::Claimed | SkillState::Checked | SkillState::Verified => Ok(SkillState::Withdrawn),
        SkillState::Refused | SkillState::Withdrawn => Err(SkillRefusal::NotStanding { state }),
    }
}

/// Whether the photo of a certificate in this state may still be added, or another put in its place: until somebody
/// found it right, for the second who checks must see what the first one saw.
///
/// # Errors
/// [`SkillRefusal::PhotoChecked`] or [`SkillRefusal::NotStanding`].
pub const fn judge_skill_photo(state: SkillState) -> Result<(), SkillRefusal> {
    match state {
        SkillState::Claimed => Ok(()),
        SkillState::Checked | SkillState::Verified => Err(SkillRefusal::PhotoChecked { state }),
        SkillState::Refused | SkillState::Withdrawn => Err(SkillRefusal::NotStanding { state }),
    }
}

/// A certificate as the rule sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldCertificate {
    /// The certificate.
    pub id: SkillCertificateId,
    /// What for.
    pub occupation: String,
    /// How high; one without a level counts as the lowest.
    pub level: Option<SkillLevel>,
    /// Where it stands.
    pub state: SkillState,
}

/// For each certificate of one learner that does not count, the one that counts instead: of the verified
/// ones for an occupation the highest counts, and of equal ones the first. Nothing is added up.
#[must_use]
pub fn replaced(certificates: &[HeldCertificate]) -> BTreeMap<SkillCertificateId, SkillCertificateId> {
    let rank = |held: &HeldCertificate| (held.level.unwrap_or(SkillLevel::Junior), Reverse(held.id));
    let verified = || certificates.iter().filter(|held| held.state == SkillState::Verified);
    let mut counting: BTreeMap<&str, &HeldCertificate> = BTreeMap::new();
    for held in verified() {
        let best = counting.entry(held.occupation.trim()).or_insert(held);
        if rank(held) > rank(best) {
            *best = held;
        }
    }
    let instead = |held: &HeldCertificate| Some((held.id, counting.get(held.occupation.trim())?.id));
    verified().filter_map(instead).filter(|(id, counts)| id != counts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{are_named, has_texts};
    use proptest::prelude::*;
    use uuid::Uuid;

    const ONE: AccountId = AccountId(Uuid::from_u128(1));
    const OTHER: AccountId = AccountId(Uuid::from_u128(2));
    const THIRD: AccountId = AccountId(Uuid::from_u128(3));

    fn id(number: u128) -> SkillCertificateId {
        SkillCertificateId(Uuid::from_u128(number))
    }

    fn held(number: u128, occupation: &str, level: Option<SkillLevel>, state: SkillState) -> HeldCertificate {
        HeldCertificate { id: id(number), occupation: occupation.to_owned(), level, state }
    }

    #[test]
    fn a_record_is_found_right_by_two_who_had_no_hand_in_it_one_after_the_other() {
        let check = |state, by, is_right| {
            let checked_by = (state != SkillState::Claimed).then_some(OTHER);
            judge_skill_check(state, SkillHands { recorded_by: ONE, checked_by }, by, is_right)
        };
        assert_eq!(check(SkillState::Claimed, OTHER, true), Ok(SkillState::Checked));
        assert_eq!(check(SkillState::Checked, THIRD, true), Ok(SkillState::Verified));
        assert_eq!(check(SkillState::Claimed, OTHER, false), Ok(SkillState::Refused));
        assert_eq!(check(SkillState::Checked, THIRD, false), Ok(SkillState::Refused));
        assert_eq!(check(SkillState::Claimed, ONE, true), Err(SkillRefusal::SecondPersonNeeded));
        for by in [ONE, OTHER] {
            assert_eq!(check(SkillState::Checked, by, true), Err(SkillRefusal::SecondPersonNeeded));
        }
        for state in [SkillState::Verified, SkillState::Refused] {
            assert_eq!(check(state, OTHER, true), Err(SkillRefusal::Checked { state }));
        }
        let withdrawn = SkillRefusal::NotStanding { state: SkillState::Withdrawn };
        assert_eq!(check(SkillState::Withdrawn, OTHER, true), Err(withdrawn));
    }

    #[test]
    fn a_photo_comes_before_anybody_checks_the_certificate() {
        assert_eq!(judge_skill_photo(SkillState::Claimed), Ok(()));
        for state in [SkillState::Checked, SkillState::Verified] {
            assert_eq!(judge_skill_photo(state), Err(SkillRefusal::PhotoChecked { state }));
        }
        for state in [SkillState::Refused, SkillState::Withdrawn] {
            assert_eq!(judge_skill_photo(state), Err(SkillRefusal::NotStanding { state }));
        }
    }

    #[test]
    fn what_was_found_right_is_withdrawn_by_somebody_else() {
        for state in [SkillState::Claimed, SkillState::Checked] {
            assert_eq!(judge_skill_withdrawal(state, ONE, ONE), Ok(SkillState::Withdrawn));
        }
        assert_eq!(judge_skill_withdrawal(SkillState::Verified, ONE, OTHER), Ok(SkillState::Withdrawn));
        let own = judge_skill_withdrawal(SkillState::Verified, ONE, ONE);
        assert_eq!(own, Err(SkillRefusal::SecondPersonNeeded));
        for state in [SkillState::Refused, SkillState::Withdrawn] {
            assert!(!state.stands());
            assert_eq!(judge_skill_withdrawal(state, ONE, OTHER), Err(SkillRefusal::NotStanding { state }));
        }
    }

    #[test]
    fn a_higher_certificate_replaces_a_lower_one_of_the_same_occupation() {
        let verified = SkillState::Verified;
        let certificates = [
            held(1, "缝纫工", Some(SkillLevel::Junior), verified),
            held(2, "缝纫工", Some(SkillLevel::Senior), verified),
            held(3, "缝纫工 ", None, verified),
            held(4, "电工", Some(SkillLevel::Junior), verified),
            held(5, "缝纫工", Some(SkillLevel::Technician), SkillState::Claimed),
            held(6, "电工", Some(SkillLevel::Senior), SkillState::Refused),
        ];
        assert_eq!(replaced(&certificates).into_iter().collect::<Vec<_>>(), [(id(1), id(2)), (id(3), id(2))]);
    }

    #[test]
    fn of_two_of_one_level_the_first_counts() {
        let level = Some(SkillLevel::Junior);
        let pair = [held(2, "电工", level, SkillState::Verified), held(1, "电工", None, SkillState::Verified)];
        assert_eq!(replaced(&pair).into_iter().collect::<Vec<_>>(), [(id(2), id(1))]);
    }

    #[test]
    fn every_value_has_its_name_and_every_refusal_its_text() {
        let mut keys = Vec::new();
        keys.extend(CertificateKind::ALL.iter().map(|value| format!("certificate_{value}")));
        keys.extend(SkillLevel::ALL.iter().map(|value| format!("level_{value}")));
        keys.extend(SkillState::ALL.iter().map(|value| format!("skill_{value}")));
        keys.extend(SkillDepartment::ALL.iter().map(|value| format!("department_{value}")));
        keys.extend(SkillSource::ALL.iter().map(|value| format!("source_{value}")));
        let files = [include_str!("../../locales/zh-CN/classes.json"), include_str!("../../locales/en/classes.json")];
        assert!(are_named(files, &keys));
        for refusal in [
            SkillRefusal::Checked { state: SkillState::Verified },
            SkillRefusal::PhotoChecked { state: SkillState::Checked },
            SkillRefusal::SecondPersonNeeded,
            SkillRefusal::NotStanding { state: SkillState::Withdrawn },
        ] {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }

    proptest! {
        #[test]
        fn exactly_one_counts_for_each_occupation_and_no_order_matters(
            plan in prop::collection::vec((0..3_u8, prop::option::of(0..5_usize), 0..5_usize), 0..12),
        ) {
            let mut certificates: Vec<_> = (1..).zip(&plan)
                .map(|(number, (occupation, level, state))| {
                    held(number, &occupation.to_string(), level.map(|level| SkillLevel::ALL[level]), SkillState::ALL[*state])
                })
                .collect();
            let found = replaced(&certificates);
            certificates.reverse();
            prop_assert_eq!(&replaced(&certificates), &found);
            let verified: Vec<_> = certificates.iter().filter(|held| held.state == SkillState::Verified).collect();
            let mut occupations: Vec<_> = verified.iter().map(|held| &held.occupation).collect();
            occupations.sort();
            occupations.dedup();
            prop_assert_eq!(verified.len() - found.len(), occupations.len());
        }
    }
}
