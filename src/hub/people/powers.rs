//! Which of the permissions around people the acting person holds, each for its own part of a change.

use crate::error::Result;
use crate::hub::Writing;
use crate::policy::needs::{
    ChooseGroup, GrantRoles, Import, InvitePeople, ManageGroups, ManagePeople, MarkSupportContacts,
    NameServiceAdmins,
};
use crate::policy::{self, Actor, Grant, Permission};
use crate::store::sqlite::WorkspaceFacts;

/// The grants of one person, asked for once.
#[derive(Debug)]
pub(crate) struct Powers {
    actor: Actor,
    invite: Option<Grant<InvitePeople>>,
    manage: Option<Grant<ManagePeople>>,
    roles: Option<Grant<GrantRoles>>,
    groups: Option<Grant<ManageGroups>>,
    contacts: Option<Grant<MarkSupportContacts>>,
    service_admins: Option<Grant<NameServiceAdmins>>,
    choose: Option<Grant<ChooseGroup>>,
    import: Option<Grant<Import>>,
}

impl Powers {
    /// What the person behind a change holds.
    pub fn of<P: Permission>(at: &Writing<'_, P>) -> Self {
        Self {
            actor: at.grant().actor().clone(),
            invite: at.also().ok(),
            manage: at.also().ok(),
            roles: at.also().ok(),
            groups: at.also().ok(),
            contacts: at.also().ok(),
            service_admins: at.also().ok(),
            choose: at.also().ok(),
            import: at.also().ok(),
        }
    }

    /// To invite someone, or someone removed again.
    pub fn invite(&self, at: &WorkspaceFacts) -> Result<()> {
        self.need(self.invite.as_ref(), at)
    }

    /// To remove someone, and to change what is kept of them.
    pub fn manage(&self, at: &WorkspaceFacts) -> Result<()> {
        self.need(self.manage.as_ref(), at)
    }

    /// To grant and revoke roles.
    pub fn roles(&self, at: &WorkspaceFacts) -> Result<()> {
        self.need(self.roles.as_ref(), at)
    }

    /// To change groups.
    pub fn groups(&self, at: &WorkspaceFacts) -> Result<()> {
        self.need(self.groups.as_ref(), at)
    }

    /// To choose the group that an account's new requests are shared with: one's own, or as whoever looks
    /// after the groups (V-6).
    pub fn default_group(&self, at: &WorkspaceFacts, account: &str) -> Result<()> {
        let own = self
            .actor
            .account()
            .is_some_and(|own| own.eq_ignore_ascii_case(account));
        match own && self.need(self.choose.as_ref(), at).is_ok() {
            true => Ok(()),
            false => self.groups(at),
        }
    }

    /// To mark support contacts.
    pub fn contacts(&self, at: &WorkspaceFacts) -> Result<()> {
        self.need(self.contacts.as_ref(), at)
    }

    /// To say who is named on the contract as its administrator.
    pub fn service_admins(&self, at: &WorkspaceFacts) -> Result<()> {
        self.need(self.service_admins.as_ref(), at)
    }

    /// To take people over as they stand elsewhere, without an invitation.
    pub fn take_over(&self, at: &WorkspaceFacts) -> Result<()> {
        self.need(self.import.as_ref(), at)
    }

    fn need<Q: Permission>(&self, grant: Option<&Grant<Q>>, at: &WorkspaceFacts) -> Result<()> {
        match grant {
            Some(grant) => grant.on_workspace(at.id, at.customer_id, &at.code),
            None => Err(policy::denied(&self.actor, Q::ID, "")),
        }
    }
}
