import ts from 'typescript'

const { factory } = ts

/** The members of `components['schemas']` by their names. */
type Schemas = ReadonlyMap<string, ts.PropertySignature>

/**
 * Turns the members of `components['schemas']` into declarations of their own, and refers to them by name.
 * @param nodes what openapi-typescript has generated
 * @param writable the schemas whose fields are not `readonly`
 */
export function nameSchemas(nodes: readonly ts.Node[], writable: ReadonlySet<string>): ts.Node[] {
  const schemas = schemasOf(nodes)
  const kept = nodes.filter((node) => !(ts.isTypeAliasDeclaration(node) && node.name.text === '$defs'))
  const rename = renamer(schemas)
  const declarations = [...schemas]
    .filter(([, { type }]) => !isPlain(type))
    .map(([name, member]) => declare(name, rename(member), writable.has(name)))
  const named = kept.map((node) => (isComponents(node) ? referTo(rename(node), schemas) : rename(node)))
  return [...declarations, ...named]
}

function isComponents(node: ts.Node): node is ts.InterfaceDeclaration {
  return ts.isInterfaceDeclaration(node) && node.name.text === 'components'
}

function schemasOf(nodes: readonly ts.Node[]): Schemas {
  const members = nodes.find(isComponents)?.members.filter(isNamed('schemas')) ?? []
  const [type] = members.map((member) => member.type)
  const list = type && ts.isTypeLiteralNode(type) ? type.members.filter(ts.isPropertySignature) : []
  return new Map(list.map((member) => [textOf(member.name), member]))
}

function isNamed(name: string): (member: ts.TypeElement) => member is ts.PropertySignature {
  return (member): member is ts.PropertySignature =>
    ts.isPropertySignature(member) && textOf(member.name) === name
}

function textOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : ''
}

/** A type that is as short as its name would be, such as `string`. */
function isPlain(type: ts.TypeNode | undefined): boolean {
  return type !== undefined && (ts.isToken(type) || ts.isTypeReferenceNode(type))
}

/**
 * Replaces `components["schemas"]["Book"]` by `Book`, and that of a plain type by the type. Makes arrays writable:
 * openapi-fetch takes a `readonly` array for an object, and shows its methods as fields.
 */
function renamer(schemas: Schemas): <Node extends ts.Node>(node: Node) => Node {
  const visit = (node: ts.Node): ts.Node => {
    if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword)
      return visit(node.type)
    const name = schemaNameOf(node)
    if (name === undefined) return ts.visitEachChild(node, visit, undefined)
    const type = schemas.get(name)?.type
    return type && isPlain(type) ? type : factory.createTypeReferenceNode(name)
  }
  return <Node extends ts.Node>(node: Node) => visit(node) as Node
}

/** The name X of `components["schemas"]["X"]`. */
function schemaNameOf(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined
  const { objectType, indexType } = node.objectType
  if (!ts.isTypeReferenceNode(objectType) || !ts.isIdentifier(objectType.typeName)) return undefined
  if (objectType.typeName.text !== 'components' || literalOf(indexType) !== 'schemas') return undefined
  return literalOf(node.indexType)
}

function literalOf(node: ts.TypeNode): string | undefined {
  return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? node.literal.text : undefined
}

function declare(name: string, member: ts.PropertySignature, isWritable: boolean): ts.Node {
  const exported = [factory.createModifier(ts.SyntaxKind.ExportKeyword)]
  const type = member.type ?? factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword)
  const declaration = ts.isTypeLiteralNode(type)
    ? factory.createInterfaceDeclaration(exported, name, undefined, undefined, membersOf(type, isWritable))
    : factory.createTypeAliasDeclaration(exported, name, undefined, type)
  return ts.setSyntheticLeadingComments(declaration, ts.getSyntheticLeadingComments(member))
}

function membersOf({ members }: ts.TypeLiteralNode, isWritable: boolean): readonly ts.TypeElement[] {
  if (!isWritable) return members
  return members.map((member) => {
    if (!ts.isPropertySignature(member)) return member
    const { name, questionToken, type } = member
    const writable = factory.createPropertySignature(undefined, name, questionToken, type)
    return ts.setSyntheticLeadingComments(writable, ts.getSyntheticLeadingComments(member))
  })
}

/** Makes `components['schemas']` a list of the declarations. */
function referTo(components: ts.InterfaceDeclaration, schemas: Schemas): ts.Node {
  const isSchemas = isNamed('schemas')
  const readOnly = [factory.createModifier(ts.SyntaxKind.ReadonlyKeyword)]
  const list = [...schemas].map(([name, { type }]) => {
    const target = type && isPlain(type) ? type : factory.createTypeReferenceNode(name)
    return factory.createPropertySignature(readOnly, name, undefined, target)
  })
  const members = components.members.map((member) =>
    isSchemas(member)
      ? factory.createPropertySignature(readOnly, 'schemas', undefined, factory.createTypeLiteralNode(list))
      : member,
  )
  const { modifiers, name } = components
  return factory.createInterfaceDeclaration(modifiers, name, undefined, undefined, members)
}
