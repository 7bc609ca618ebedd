import { graphql } from './graphql.ts';

/** Everybody, and the units they can belong to. */
export const peopleDocument = graphql(`
  query People {
    people {
      id
      name
      email
      roles
      units {
        id
        name
      }
      disabled
      signsInBy
    }
    units {
      id
      name
    }
  }
`);

export const addPersonDocument = graphql(`
  mutation AddPerson($name: String!, $email: String!, $roles: [PersonRole!]!, $units: [ID!]!) {
    addPerson(name: $name, email: $email, roles: $roles, units: $units) {
      refusal
      id
    }
  }
`);

export const setPersonRolesDocument = graphql(`
  mutation SetPersonRoles($id: ID!, $roles: [PersonRole!]!) {
    setPersonRoles(id: $id, roles: $roles) {
      refusal
    }
  }
`);

export const setPersonUnitsDocument = graphql(`
  mutation SetPersonUnits($id: ID!, $units: [ID!]!) {
    setPersonUnits(id: $id, units: $units) {
      refusal
    }
  }
`);

export const setPersonDisabledDocument = graphql(`
  mutation SetPersonDisabled($id: ID!, $disabled: Boolean!) {
    setPersonDisabled(id: $id, disabled: $disabled) {
      refusal
    }
  }
`);

export const makePasswordLinkDocument = graphql(`
  mutation MakePasswordLink($id: ID!) {
    makePasswordLink(id: $id) {
      refusal
      link {
        url
        kind
        expiresAt
      }
    }
  }
`);

export const previewPeopleFileDocument = graphql(`
  mutation PreviewPeopleFile($text: String!) {
    previewPeopleFile(text: $text) {
      fault
      faultLine
      lines {
        line
        name
        email
        roles
        units {
          id
          name
        }
        present
        problems {
          code
          value
        }
      }
    }
  }
`);

export const importPeopleFileDocument = graphql(`
  mutation ImportPeopleFile($text: String!) {
    importPeopleFile(text: $text) {
      refusal
      added
    }
  }
`);
