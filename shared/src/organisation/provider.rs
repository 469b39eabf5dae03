//! Kinds of provider (DOMAIN §1.4).

use crate::rights::text_enum;

text_enum! {
    /// Who runs classes.
    ProviderKind {
        /// 乡镇成人文化技术学校, 成校.
        AdultSchool = "adult_school",
        /// 社区学校, 社区教育中心.
        CommunitySchool = "community_school",
        /// 社区学院.
        CommunityCollege = "community_college",
        /// 中等职业学校.
        VocationalSchool = "vocational_school",
        /// 成人中专, 电视中专.
        AdultSecondarySchool = "adult_secondary_school",
        /// 企业职工学校.
        EmployeeSchool = "employee_school",
        /// 社会培训机构.
        TrainingInstitution = "training_institution",
        /// A primary or junior school that teaches where a town has none of these.
        LocalSchool = "local_school",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{organisation::DivisionLevel, problem::are_named};

    #[test]
    fn every_kind_and_level_has_its_name() {
        let mut keys: Vec<_> = ProviderKind::ALL.iter().map(|kind| format!("provider_{kind}")).collect();
        keys.extend(DivisionLevel::ALL.iter().map(|level| format!("level_{level}")));
        let files =
            [include_str!("../../locales/zh-CN/organisation.json"), include_str!("../../locales/en/organisation.json")];
        assert!(are_named(files, &keys));
    }
}
