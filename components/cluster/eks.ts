/**
 * All that Weir takes from @pulumi/eks: the security group of nodes, and the words of EKS's API. The rest of the package are remote
 * components, whose children no test, policy or plan sees (40-pulumi, 2).
 */
export {
  AccessEntryType,
  AmiType,
  AuthenticationMode,
  createNodeGroupSecurityGroup,
  ResolveConflictsOnCreate,
  ResolveConflictsOnUpdate,
} from '@pulumi/eks';
