/** A refusal as the service words it. The gateway adds RequestId, HostId and Recommend. */
export interface ApiError {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  /** Which permission was missing, where the refusal is one of RAM. */
  readonly accessDenied?: Readonly<Record<string, string>>;
}

/** What an action answers: finished JSON, or a refusal. */
export type Outcome = { readonly body: Buffer } | { readonly error: ApiError };

/** Makes a refusal; the order of arguments is that of the service's error tables: status, code, message. */
export function apiError(status: number, code: string, message: string): ApiError {
  return { status, code, message };
}

/** A mandatory parameter is absent. Source: developer.aliyun.com/ask/278265 and the JoinSecurityGroup page of 2017-2019. */
export function missingParameter(name: string): ApiError {
  return apiError(400, 'MissingParameter', `The input parameter "${name}" that is mandatory for processing this request is not supplied.`);
}

/** A region id that no region of the account has. Source: reference/errors.json, `common`. */
export function unknownRegion(): ApiError {
  return apiError(404, 'InvalidRegionId.NotFound', 'The specified RegionId does not exist.');
}

/** The answer to a passed dry run is an error, too. Source: the DescribeDisks page, code DryRunOperation. */
export function dryRunPassed(): ApiError {
  return apiError(400, 'DryRunOperation', 'Request validation has been passed with DryRun flag set.');
}

/** A parameter whose value cannot be read. [inferred] for the calls whose page has no code of its own. */
export function invalidParameter(name: string): ApiError {
  return apiError(400, 'InvalidParameter', `The specified parameter ${name} is not valid.`);
}
