import {
  type ASTNode,
  type ASTVisitor,
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationContext,
  visit,
} from 'graphql';

const CONDITIONS = ['skip', 'include'];

/**
 * A validation rule: what a subscription is about hangs on no condition, for without its one field it would be about nothing.
 * September 2025 specification of GraphQL, "Single Root Field", which version 16 of the library doesn't know yet.
 */
export function unconditionalRoot(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition({ operation, selectionSet }) {
      if (operation !== OperationTypeNode.SUBSCRIPTION) return;
      for (const directive of conditionsIn(context, selectionSet, new Set()))
        context.reportError(
          new GraphQLError(`A subscription takes no @${directive.name.value} on what it subscribes to.`, {
            nodes: directive,
          }),
        );
    },
  };
}

const isOf = (parent: ASTNode | readonly ASTNode[] | undefined, kind: Kind) =>
  parent !== undefined && 'kind' in parent && parent.kind === kind;

/** Finds the conditions of the roots of subscriptions, and decides those that hang on a variable. */
const DECIDING: ASTVisitor = {
  OperationDefinition: ({ operation }) => (operation === OperationTypeNode.SUBSCRIPTION ? undefined : false),
  FragmentDefinition: ({ typeCondition }) => (typeCondition.name.value === 'Subscription' ? undefined : false),
  SelectionSet: (_node, _key, parent) => (isOf(parent, Kind.FIELD) ? false : undefined),
  Directive: ({ name }) => (CONDITIONS.includes(name.value) ? undefined : false),
  Variable: (_node, _key, parent) => (isOf(parent, Kind.ARGUMENT) ? { kind: Kind.BOOLEAN, value: true } : undefined),
};

/**
 * A document as the library can validate it: its own rule for the root of a subscription throws where a condition hangs on a variable,
 * for it knows no values. What differs `unconditionalRoot` refuses.
 */
export const withoutVariableConditions = (document: DocumentNode): DocumentNode => visit(document, DECIDING);

function conditionsIn(
  context: ValidationContext,
  { selections }: SelectionSetNode,
  seen: Set<string>,
): DirectiveNode[] {
  return selections.flatMap((selection) => {
    const own = (selection.directives ?? []).filter(({ name }) => CONDITIONS.includes(name.value));
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return [...own, ...conditionsIn(context, selection.selectionSet, seen)];
    if (selection.kind === Kind.FIELD || seen.has(selection.name.value)) return own;
    seen.add(selection.name.value);
    const fragment = context.getFragment(selection.name.value);
    return fragment ? [...own, ...conditionsIn(context, fragment.selectionSet, seen)] : own;
  });
}
