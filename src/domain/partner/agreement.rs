//! The agreement that a customer makes before it buys: who is invited to which version (G-8).

use super::vetting::{Qualification, Vetting};
use crate::domain::cycle::Cycle;
use crate::domain::words::words;

words! {
    /// What kind of customer a version is for (G-8).
    CustomerType, "type of customer" {
        /// A company.
        Corporate = "corporate",
        /// A school or a university.
        Education = "education",
        /// Without profit.
        Nonprofit = "nonprofit",
        /// Of the government, or owned by a state.
        Government = "government",
    }
}

words! {
    /// Whom a version speaks to (G-8).
    Audience, "audience" {
        /// A customer that buys from a partner.
        PartnerLed = "partner-led",
        /// A customer that buys from the vendor.
        Direct = "direct",
    }
}

words! {
    /// How far a customer has come with one version (G-8).
    AgreementStatus, "status of an agreement" {
        /// It was sent a link.
        Invited = "invited",
        /// It agreed.
        Confirmed = "confirmed",
    }
}

words! {
    /// What moves an agreement on.
    AgreementStep, "step" {
        /// A person at the customer agreed, and that is put on record.
        Confirm = "confirm",
    }
}

/// The life of an agreement to one version. It may be confirmed at once; a newer version is another agreement.
pub const AGREEMENT: Cycle<AgreementStatus, AgreementStep> = Cycle {
    of: "an agreement",
    begins: &[AgreementStatus::Invited, AgreementStatus::Confirmed],
    moves: &[(
        AgreementStatus::Invited,
        AgreementStep::Confirm,
        AgreementStatus::Confirmed,
    )],
};

impl CustomerType {
    /// The type of a customer with this qualification: it counts once the vendor has approved it.
    pub const fn of(qualification: Qualification, vetting: Vetting) -> Self {
        match (qualification, vetting) {
            (Qualification::Education, Vetting::Approved) => Self::Education,
            (Qualification::Nonprofit, Vetting::Approved) => Self::Nonprofit,
            (Qualification::Government | Qualification::StateOwned, Vetting::Approved) => Self::Government,
            _ => Self::Corporate,
        }
    }
}

/// The regions of the versions that are there from the start, with their countries.
pub const SALES_REGIONS: &[(&str, &[&str])] = &[
    (
        "europe",
        &[
            "AD", "AL", "AT", "BA", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FO", "FR",
            "GB", "GI", "GL", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME",
            "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "UA", "VA",
        ],
    ),
    ("north-america", &["BM", "CA", "PR", "US"]),
    (
        "latin-america",
        &[
            "AR", "BB", "BO", "BR", "BS", "BZ", "CL", "CO", "CR", "DO", "EC", "GT", "GY", "HN", "HT", "JM",
            "MX", "NI", "PA", "PE", "PY", "SR", "SV", "TT", "UY", "VE",
        ],
    ),
    (
        "asia-pacific",
        &[
            "AU", "BD", "BN", "BT", "CN", "FJ", "HK", "ID", "IN", "JP", "KH", "KR", "LA", "LK", "MM", "MN",
            "MO", "MV", "MY", "NP", "NZ", "PG", "PH", "SG", "TH", "TL", "TW", "VN",
        ],
    ),
];

/// The region whose versions hold in a country (G-8).
pub fn region_of(country: &str) -> &'static str {
    let has = |(_, countries): &&(&str, &[&str])| countries.contains(&country);
    SALES_REGIONS
        .iter()
        .find(has)
        .map_or("middle-east-africa", |(region, _)| region)
}
