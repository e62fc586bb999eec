//! What people wrote: titles, notes and reasons. `{}` stands for the name of a machine.

/// A product, and something asked about it.
pub(super) type Subject = (&'static str, &'static str);

#[rustfmt::skip]
pub(super) const PROBLEMS: &[Subject] = &[
    ("SQL Server", "Deadlocks on {} after the cumulative update"),
    ("SQL Server", "Backup of {} fails with error 3041, \"device not ready\""),
    ("SQL Server", "-1 returned by the nightly job on {}, no message in the log"),
    ("SQL Server", "Availability group {}: secondary replica not synchronizing"),
    ("Windows Server", "{} reboots by itself, stop code 0x9F"),
    ("Windows Server", "Prístup odmietnutý na zdieľaný priečinok \\\\{}\\účtovníctvo"),
    ("Windows Server", "Błąd replikacji, kontroler domeny {}"),
    ("Windows Server", "Cluster node {} evicted, quorum lost for four minutes"),
    ("Active Directory", "Účet se opakovaně zamyká, zdroj {}"),
    ("Active Directory", "Replication between {} and the branch office stops with 8606"),
    ("Exchange Server", "Messages stay in the queue of {}, next hop unreachable"),
    ("Exchange Server", "Casella di posta condivisa non accessibile dopo la migrazione su {}"),
    ("Exchange Server", "Calendar entries doubled, all-day events, after daylight-saving change"),
    ("SharePoint Server", "Search index on {} stands still at 61 %"),
    ("SharePoint Server", "=SUM(B2:B40) shows #REF! in \"Rozpočet 2026\", only in the browser"),
    ("Microsoft 365", "Teams: hovory sa prerušujú po 30 sekundách, celá pobočka"),
    ("Microsoft 365", "OneDrive sync on {}: \"file is locked for editing by another user\""),
    ("Microsoft 365", "Perché gli utenti esterni non vedono il canale? Errore 403, solo da ieri"),
    ("Azure", "Virtual machine {} not reachable after resize, allocation failed"),
    ("Azure", "Key vault access denied for the pipeline of {}"),
    ("Azure", "-50 % throughput on the express route, measured from {}"),
    ("Intune", "Zariadenia sa nezapisujú, kód 0x80180014"),
    ("Dynamics 365", "Faktúry sa tlačia bez dátumu splatnosti, šablóna \"DPH, zahraničie\""),
    ("Dynamics 365", "Plug-in on {} times out, more than 2 minutes"),
    ("Configuration Manager", "Task sequence stops on {} at \"Apply operating system\""),
];

#[rustfmt::skip]
pub(super) const QUESTIONS: &[Subject] = &[
    ("SQL Server", "Sizing of {} for the reporting workload"),
    ("SQL Server", "Which isolation level for the billing run on {}?"),
    ("SQL Server", "= or LIKE in the partition filter? Advice on {} wanted"),
    ("Windows Server", "Upgrade path of {}, in place or side by side"),
    ("Windows Server", "Odporúčania pre zabezpečenie servera {}"),
    ("Active Directory", "Tiering model, admin accounts for three countries"),
    ("Active Directory", "Jak oddělit servisní účty na {}?"),
    ("Exchange Server", "Hybrid or full move: comparison for 1,400 mailboxes"),
    ("Microsoft 365", "Retention labels for \"Dôverné, interné\" documents"),
    ("Microsoft 365", "Linee guida per i gruppi esterni, fornitori e revisori"),
    ("Azure", "Landing zone review, subscription of {}"),
    ("Azure", "Koszty maszyn wirtualnych, rezerwacje na 1 rok czy 3 lata?"),
    ("Power Platform", "Governance of makers, environments and connectors"),
    ("Dynamics 365", "Batch or real-time integration with {}"),
];

pub(super) const MACHINES: &[&str] = &["SRV", "DB", "APP", "DC", "FS", "ERP", "WEB", "SCADA"];

pub(super) const NOTES: &[&str] = &[
    "Remote session with the customer",
    "Log analysis",
    "Reproduced in the lab",
    "Call, next steps agreed",
    "Trace read, \"slow query\" confirmed",
    "Root cause written up, sent for review",
    "Handed to the product group, waiting",
    "Vzdialená relácia, prístup cez VPN",
    "Analisi dei log, più tracce",
    "Sesja zdalna",
    "Konzultace po telefonu",
];

pub(super) const REASONS: &[&str] = &[
    "Entered twice",
    "Belongs to another customer, entered here by mistake",
    "Travel time, not billable",
    "Wrong case number",
    "Internal hand-over, not delivered to the customer",
];

#[rustfmt::skip]
pub(super) const COURSES: &[(&str, &str)] = &[
    ("Azure", "Azure Monitor: from signals to alerts"), ("Azure", "Networking: hubs, spokes and private links"),
    ("Azure", "Cost management for engineers"), ("SQL Server", "Query Store, step by step"),
    ("SQL Server", "High availability: groups and clusters"), ("Windows Server", "Failover clustering fundamentals"),
    ("Windows Server", "Hardening, baseline by baseline"), ("Active Directory", "Securing privileged access"),
    ("Active Directory", "Recovering a forest, hands-on"), ("Microsoft 365", "Teams administration"),
    ("Microsoft 365", "Data loss prevention, \"first policies\""), ("Exchange Server", "Mail flow and its troubleshooting"),
    ("Power Platform", "Governance in practice"), ("Intune", "Enrolment of Windows devices"),
];

pub(super) const FORMATS: &[&str] = &["course", "lab", "video", "webcast", "workshop"];
pub(super) const LEVELS: &[&str] = &["beginner", "intermediate", "advanced", "expert"];

pub(super) const TECHNOLOGIES: &[&str] = &[
    "Active Directory",
    "SQL Server",
    "Exchange Server",
    "Windows Server",
    "Active Directory Security",
    "SharePoint Server",
    "Configuration Manager",
    "Windows Client",
];

pub(super) const WORKSHOPS: &[&str] = &[
    "Active Directory recovery rehearsal",
    "SQL Server performance clinic",
    "Incident response table-top exercise",
    "Windows Server upgrade planning",
    "Revízia zálohovania, \"čo ak\" scenáre",
    "Revisione della sicurezza, identità e accessi",
];

pub(super) const ENGINEERING: &[&str] = &[
    "Engineer on site, monthly review",
    "Azure landing zone follow-up",
    "Tuning of the reporting databases",
    "Monitoring: alerts, thresholds, on-call",
    "Migrácia databáz, príprava a skúška",
];

pub(super) const CREDIT_SERVICES: &[&str] = &[
    "Credit-funded: chalk talk on Kubernetes",
    "Credit-funded: security health check",
    "Credit-funded: upgrade readiness, 3 days",
    "Credit-funded: architekturní konzultace",
];
